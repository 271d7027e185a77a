/** Records the histories that replay.test.ts replays. Those that are there stay: they are of runs that may be under way. */
import { startHarness, type Harness } from '../harness.js';
import { recordBatches } from './batches.js';
import { recordContinuedBatch } from './continued-batch.js';
import { recordPosts } from './posts.js';

async function withDesk(extraArgs: string[], record: (desk: Harness) => Promise<void>): Promise<void> {
  const desk = await startHarness({}, { extraArgs, media: 'plain' });
  try {
    await record(desk);
  } finally {
    await desk.close();
  }
}

await withDesk([], async (desk) => {
  await recordPosts(desk);
  await recordBatches(desk);
});
// So that a batch of a few posts is long enough to continue as new.
await withDesk(
  ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=60'],
  recordContinuedBatch,
);
