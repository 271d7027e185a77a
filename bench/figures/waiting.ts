/** Figure 7: what posts that wait for a person hold in memory, and how soon one of them answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { postStatusQuery } from '../../contract/messages.js';
import { postWorkflowId } from '../../contract/ids.js';
import { startBatch, type StartedBatch } from '../lab/batches.js';
import { percentile, type Figure } from '../lab/print.js';
import { idleWorker } from '../lab/idle-worker.js';
import { rssMb } from '../lab/process.js';
import { openStage } from '../lab/stage.js';

const LARGEST_BATCH = 2_000;
const IDLE_MS = 30_000;
/** V8 gives back what a batch needed within two minutes, once little is asked of it. */
const RESTED_MS = 120_000;
const ASKED = 200;

export async function waiting({ posts }: { posts: number }): Promise<Figure[]> {
  const stage = await openStage();
  try {
    const worker = await idleWorker(stage, IDLE_MS);
    const idle = rssMb(worker.pid);
    const batches: StartedBatch[] = [];
    for (let left = posts; left > 0; left -= LARGEST_BATCH) {
      const count = Math.min(left, LARGEST_BATCH);
      const batch = await startBatch(stage, { hero_text: count });
      await batch.until(({ counts }) => counts.awaiting_approval === count);
      batches.push(batch);
    }
    await sleep(RESTED_MS);
    const held = rssMb(worker.pid);
    // The oldest have long left the cache of workflows: each is replayed for its answer.
    const { posts: oldest } = await batches[0]!.until(() => true);
    const times: number[] = [];
    for (const { id } of oldest.slice(0, ASKED)) {
      const began = performance.now();
      await stage.client.workflow.getHandle(postWorkflowId(id)).query(postStatusQuery);
      times.push(performance.now() - began);
    }
    return [
      {
        figure: '7',
        what: `worker with ${posts} posts waiting over an idle one, MB`,
        measured: `+${(held - idle).toFixed(0)}`,
        floor: `${idle.toFixed(0)} idle after a batch of 5`,
        reach: '≤ +150',
      },
      {
        figure: '7b',
        what: 'status of an evicted post, median / p95, ms',
        measured: `${percentile(times, 0.5).toFixed(0)} / ${percentile(times, 0.95).toFixed(0)}`,
        reach: '≤ 20 / 30',
      },
    ];
  } finally {
    await stage.close();
  }
}
