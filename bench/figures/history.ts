/** Figure 5: what a hero_text post that is approved at once leaves in its history, and what is billed for it. */
import { reviewUpdate } from '../../contract/messages.js';
import { postWorkflowId } from '../../contract/ids.js';
import { ITS_BATCH, listRun, sumOf } from '../../test/lean/actions.js';
import { startBatch } from '../lab/batches.js';
import type { Figure } from '../lab/print.js';
import { AT_ONCE, openStage } from '../lab/stage.js';

export async function history(): Promise<Figure[]> {
  const stage = await openStage();
  try {
    await stage.startWorker(await stage.environment(AT_ONCE));
    const before = await stage.heartbeats();
    const batch = await startBatch(stage, { hero_text: 1 });
    const { posts } = await batch.until(({ counts }) => counts.awaiting_approval === 1);
    const post = stage.client.workflow.getHandle(postWorkflowId(posts[0]!.id));
    await post.executeUpdate(reviewUpdate, { args: [{ decision: 'approve', by: 'bench' }] });
    await batch.until(({ status }) => status === 'done');
    const { events, actions } = await listRun(post);
    const heartbeats = (await stage.heartbeats()) - before;
    return [
      {
        figure: '5',
        what: 'a hero_text post, approved at once',
        measured: `${events} events, ${sumOf(actions) + ITS_BATCH + heartbeats} actions (${heartbeats} heartbeats)`,
        floor: '27 events, 6 actions',
        reach: '≤ 48, ≤ 14',
      },
    ];
  } finally {
    await stage.close();
  }
}
