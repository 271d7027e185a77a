/** 2,000 posts that wait for an hour and are then approved at once: what the worker holds before, meanwhile, and ten minutes after. */
import { setTimeout as sleep } from 'node:timers/promises';
import { approveAllSignal } from '../../contract/messages.js';
import { startBatch } from '../lab/batches.js';
import type { Figure } from '../lab/print.js';
import { idleWorker } from '../lab/idle-worker.js';
import { rssMb } from '../lab/process.js';
import { openStage } from '../lab/stage.js';

const POSTS = 2_000;
const MINUTE = 60_000;

export async function longWait({ minutes }: { minutes: number }): Promise<Figure[]> {
  const stage = await openStage();
  try {
    const worker = await idleWorker(stage, MINUTE);
    const began = performance.now();
    const held: Record<string, number> = {};
    const look = (when: string): void => {
      held[when] = rssMb(worker.pid);
      const after = ((performance.now() - began) / MINUTE).toFixed(1);
      console.error(
        `  ${after} min, ${when}: worker ${held[when].toFixed(0)} MB, server ${rssMb(stage.serverPid).toFixed(0)} MB`,
      );
    };
    look('idle');
    const batch = await startBatch(stage, { hero_text: POSTS });
    await batch.until(({ counts }) => counts.awaiting_approval === POSTS);
    look('all wait');
    await sleep(minutes * MINUTE);
    look('waited');
    await batch.handle.signal(approveAllSignal, { by: 'bench' });
    const end = await batch.until(({ status }) => status === 'done');
    look('published');
    await sleep((minutes / 6) * MINUTE);
    look('rested');
    const over = (when: string): string => `+${((held[when] ?? NaN) - (held.idle ?? NaN)).toFixed(0)}`;
    return [
      {
        figure: '7c',
        what: `${POSTS} posts waited ${minutes} min, approved at once: worker over idle, MB`,
        measured: `${over('waited')} waiting, ${over('rested')} after ${minutes / 6} min; ${end.counts.published} published`,
        floor: `${held.idle?.toFixed(0)} idle`,
        reach: '≤ +100 both',
      },
    ];
  } finally {
    await stage.close();
  }
}
