import type { Batches } from '../../client/batches.js';
import { startCopy } from '../../client/duplicate.js';
import { EDIT_WORKFLOW, editWorkflowId, type EditInput } from '../../contract/edit.js';
import { QUEUES } from '../../contract/task-queues.js';
import { targetsNamed } from '../../contract/targets/testing/named.js';
import { accountWith } from '../batch-input.js';
import type { Harness } from '../harness.js';
import { writeHistory } from './files.js';
import { waitingPost } from './targets.js';

const by = 'mo';

/** Records what a person does with a post that is out: it is edited, and copied to a new one. */
export async function recordAfterPublication(desk: Harness): Promise<void> {
  const id = await waitingPost(desk, { targets: targetsNamed('feed', 'social') });
  await desk.review(id, { decision: 'approve', by });
  await desk.post(id).result();

  const edit = async (name: string, input: EditInput): Promise<void> => {
    const handle = await desk.client.workflow.start(EDIT_WORKFLOW, {
      workflowId: editWorkflowId(id, input.revision),
      taskQueue: QUEUES.workflows,
      args: [input],
    });
    await handle.result();
    await writeHistory(name, handle);
  };
  const words = { by, title: 'The harbour clock is right' };
  await edit('edit-of-a-published-post', { postId: id, revision: 2, edit: words });
  await edit('edit-refused', { postId: id, revision: 7, edit: { ...words, revision: 6 } });

  const batches: Pick<Batches, 'start'> = {
    start: async ({ copy, mix, account, planner }) => ({
      batchId: await desk.startBatch(mix, { account, planner, ...(copy && { copy }) }),
    }),
  };
  const status = await desk.postEnd(id);
  const { account } = await accountWith({});
  const { batchId, postId } = await startCopy(batches, status, account);
  await desk.postUntil(postId, (post) => post.status === 'awaiting_approval');
  await desk.review(postId, { decision: 'approve', by });
  await desk.post(postId).result();
  await writeHistory('post-copied', desk.post(postId));
  await desk.batch(batchId).result();
  await writeHistory('batch-of-a-copy', desk.batch(batchId));
}
