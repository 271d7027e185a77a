/** Figure 12: the desk over an archive of 5,000 posts, 500 of which wait for a person. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadyDesk } from '../lab/desk.child.js';
import { percentile, type Figure } from '../lab/print.js';
import { rssMb, startProgram } from '../lab/process.js';

const REQUESTS_A_SECOND = 20;
/** A first request compiles what later ones only run. */
const WARM_UP = 20;

export async function desk({ posts, seconds }: { posts: number; seconds: number }): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-bench-'));
  const waiting = posts / 10;
  const child = await startProgram<ReadyDesk>([
    ...['--import', 'tsx', 'bench/lab/desk.child.ts'],
    JSON.stringify({ folder, posts, waiting }),
  ]);
  try {
    const { ready, pid } = child;
    const measure = async (path: string): Promise<string> => {
      const times = await loadedTimes(ready, path, seconds);
      return [0.5, 0.99].map((share) => percentile(times, share).toFixed(0)).join(' / ');
    };
    const idle = rssMb(pid);
    const at = `${posts} posts, ${REQUESTS_A_SECOND} requests/s`;
    const figures: Figure[] = [];
    for (const [figure, what, path, reach] of [
      ['12', `review queue, ${waiting} waiting`, '/desk', '≤ 60 (p99)'],
      ['12b', 'post page', `/@ashtalksai/posts/${ready.published}`, '≤ 20 (p99)'],
      ['12c', 'post that waits, at the desk', `/desk/posts/${ready.waiting}`, ''],
      ['12d', 'batches', '/desk/batches', ''],
      ['12e', 'a batch of 100', `/desk/batches/${ready.batch}`, ''],
      ['12f', 'costs', '/desk/costs', ''],
    ] as const) {
      const measured = await measure(path);
      figures.push({ figure, what: `${what}: median / p99, ms`, measured, floor: at, reach });
    }
    figures.push({
      figure: '12g',
      what: 'desk and its archive, RSS after all of this, MB',
      measured: rssMb(pid).toFixed(0),
      floor: `${idle.toFixed(0)} after the posts were saved`,
    });
    return figures;
  } finally {
    await child.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** How long each answer took, in ms, asked for at an even pace whether or not the one before has come. */
async function loadedTimes({ url, token }: ReadyDesk, path: string, seconds: number): Promise<number[]> {
  const ask = async (): Promise<number> => {
    const began = performance.now();
    const answer = await fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
    await answer.text();
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
    return performance.now() - began;
  };
  for (let index = 0; index < WARM_UP; index += 1) await ask();
  const asked: Promise<number>[] = [];
  const began = performance.now();
  for (let index = 0; index < seconds * REQUESTS_A_SECOND; index += 1) {
    await sleep(Math.max(0, began + (index * 1_000) / REQUESTS_A_SECOND - performance.now()));
    asked.push(ask());
  }
  return Promise.all(asked);
}
