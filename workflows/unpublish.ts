import { ActivityFailure, isCancellation, proxyActivities, setHandler } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import type { Publication } from '../contract/status.js';
import { QUEUES } from '../contract/task-queues.js';
import {
  unpublishStatusQuery,
  type Removal,
  type Unpublished,
  type UnpublishInput,
} from '../contract/unpublish.js';

const HEARTBEAT = '20 seconds';

/** The archive may be down for long; a post that is to be taken back is taken back late rather than never. */
const records = proxyActivities<Pick<Activities, 'beginUnpublish' | 'recordRemoval'>>({
  taskQueue: QUEUES.record,
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '200 milliseconds', maximumInterval: '1 minute' },
});

/** A target that does not answer is asked for a day; then a person sees on the record that it is still up there. */
const targets = proxyActivities<Pick<Activities, 'unpublish'>>({
  taskQueue: QUEUES.publish,
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '1 day',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1 second', maximumInterval: '10 minutes' },
});

/**
 * Takes a published post back. Its page is gone first, once the post's own workflow has written its last record; then each target is
 * asked to delete it. Started again it asks the targets that keep it once more.
 */
export async function unpublish(input: UnpublishInput): Promise<Unpublished> {
  let now: Unpublished | null = null;
  setHandler(unpublishStatusQuery, () => now, {
    description: 'What came of it so far: the state of the post, and which targets are rid of it',
  });
  const order = { ...input, at: new Date().toISOString() };
  const begun = await records.beginUnpublish.executeWithOptions({ summary: 'Take the page away' }, [order]);
  now = begun;
  if (begun.refused !== null) return begun;
  const remove = async (publication: Publication): Promise<void> => {
    const removal = await removalFrom(input.postId, publication);
    const { postId } = input;
    const summary = `record: ${publication.target}`;
    const publications = await records.recordRemoval.executeWithOptions({ summary }, [{ postId, removal }]);
    now = { ...begun, publications: merged(now ?? begun, publications) };
  };
  await Promise.all(begun.publications.filter(({ removedAt }) => removedAt === null).map(remove));
  return now;
}

async function removalFrom(postId: string, publication: Publication): Promise<Removal> {
  const { target } = publication;
  try {
    return await targets.unpublish.executeWithOptions({ summary: `Delete from ${target}` }, [
      { postId, publication },
    ]);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return { target, removedAt: null, reason: error.cause?.message ?? 'it did not answer' };
  }
}

/** Two answers may come in another order than they were written in; what is gone stays gone. */
const merged = ({ publications }: Unpublished, later: readonly Publication[]): readonly Publication[] =>
  publications.map((one) => later.find(({ target, removedAt }) => target === one.target && removedAt) ?? one);
