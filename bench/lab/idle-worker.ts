import { setTimeout as sleep } from 'node:timers/promises';
import { GLIBC_TUNABLES } from '../../command/run-until-end.js';
import { startBatch } from './batches.js';
import type { Program } from './process.js';
import { AT_ONCE, type Stage } from './stage.js';

/** A worker over stand-ins that answer at once, as `npm start` sets it up, after a batch of 5 that waits and a rest. */
export async function idleWorker(stage: Stage, restMs: number): Promise<Program<unknown>> {
  const worker = await stage.startWorker({ ...(await stage.environment(AT_ONCE)), GLIBC_TUNABLES });
  const batch = await startBatch(stage, { hero_text: 5 });
  await batch.until(({ counts }) => counts.awaiting_approval === 5);
  await sleep(restMs);
  return worker;
}
