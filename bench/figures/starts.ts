/** Figures 8, 9 and 10: how soon the worker, the command and `npm start` are there. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startBatch } from '../lab/batches.js';
import { spread, times, type Figure } from '../lab/print.js';
import { installIn } from '../lab/npm-start.js';
import { root, startProgram } from '../lab/process.js';
import { AT_ONCE, openStage } from '../lab/stage.js';

const COMMAND = join(root, 'dist', 'command', 'copydesk.js');
const run = promisify(execFile);

async function timed(task: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await task();
  return performance.now() - began;
}

/** A worker from its start until it polls, and the command beside it. */
export async function worker({ runs }: { runs: number }): Promise<Figure[]> {
  const stage = await openStage();
  try {
    const env = await stage.environment(AT_ONCE);
    const polling = (...queues: string[]): Promise<number[]> =>
      times(runs, async () => {
        const began = performance.now();
        const started = await startProgram(['dist/workers/worker.js', '--json', ...queues], env);
        const ms = performance.now() - began;
        await started.stop();
        return ms;
      });
    const ofWorkflows = await polling('--queues', 'workflows');
    const ofAll = await polling();
    await stage.startWorker(env);
    const batch = await startBatch(stage, { hero_text: 1 });
    const { posts } = await batch.until(({ counts }) => counts.awaiting_approval === 1);
    const commandEnv = { PATH: process.env.PATH, HOME: process.env.HOME, COPYDESK_ENV_FILE: 'none', ...env };
    const asks = (...args: string[]) =>
      times(runs, () => timed(() => run(process.execPath, [COMMAND, ...args], { env: commandEnv })));
    const help = await asks('--help');
    const status = await asks('post', 'status', posts[0]!.id);
    return [
      {
        figure: '8',
        what: 'worker of workflows started to polling, ms',
        measured: spread(ofWorkflows),
        reach: '≤ 400',
      },
      {
        figure: '8b',
        what: 'worker of all queues with the embedded archive, ms',
        measured: spread(ofAll),
      },
      { figure: '9', what: 'the command: --help, ms', measured: spread(help), reach: '≤ 150' },
      {
        figure: '9b',
        what: 'the command: post status ID, ms',
        measured: spread(status),
        reach: '≤ 350',
      },
    ];
  } finally {
    await stage.close();
  }
}

/** `npm start` again, on a folder that has a batch. */
export async function secondStart({ runs }: { runs: number }): Promise<Figure[]> {
  const data = mkdtempSync(join(tmpdir(), 'copydesk-bench-'));
  try {
    const install = await installIn(data);
    await (await install.start()).stop();
    const ready = await times(runs, async () => {
      const running = await install.start();
      await running.stop();
      return running.readyMs / 1_000;
    });
    return [
      {
        figure: '10',
        what: 'npm start to "ready", second start, s',
        measured: spread(ready, 1),
        reach: '≤ 4',
      },
    ];
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** `npm start` in a fresh clone, with an empty HOME and npm's cache: packages, build, server. */
export async function firstStart(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-bench-'));
  try {
    const clone = join(folder, 'copydesk');
    execFileSync('git', ['clone', '--quiet', root, clone]);
    const install = await installIn(join(folder, 'data'), { HOME: join(folder, 'home') }, clone);
    const running = await install.start();
    await running.stop();
    return [
      {
        figure: '10b',
        what: 'npm start to "ready", first start of a fresh clone, empty caches, s',
        measured: (running.readyMs / 1_000).toFixed(0),
        reach: '≤ 240',
      },
    ];
  } finally {
    // Go keeps its modules read-only.
    execFileSync('chmod', ['-R', 'u+w', folder]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
