import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  type ChildWorkflowHandle,
  type ExternalWorkflowHandle,
  getExternalWorkflowHandle,
  log,
  ParentClosePolicy,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import { type Cell, partOf } from '../cell.js';
import { type Batch, limitsOf } from './state.js';
import { addStarted, setNextLook } from './posts.js';
import { keepPlanner, type PlannedPost, POST_WORKFLOW } from '../../contract/batch.js';
import { dropQueued } from './plan.js';
import type { post } from '../post/post.js';
import { specialMessage } from '../../contract/mix.js';
import { postWorkflowId } from '../../contract/ids.js';
import { plain } from '../markdown.js';
import {
  contentFormat,
  copydeskAccount,
  copydeskBatch,
  costUsd,
  postStatusKey,
} from '../../contract/search-attributes.js';
import type { PendingApproval } from './orders.js';
import { approveSignal, type Cancel, cancelSignal, resumeSignal } from '../../contract/messages.js';

/** The ids of the posts that this run has started and that have not ended: Temporal tells their end to no other run. */
export type OpenPosts = Set<string>;

/**
 * Starts the next posts of the queue. A post outlives its batch: ABANDON, since a batch continues as new. What
 * is begun is finished: a batch that is cancelled halfway must be able to reach every post that it lists.
 */
export async function startPosts(batch: Cell<Batch>, count: number, open: OpenPosts): Promise<void> {
  const planned = batch.value.plan.queue.slice(0, count);
  batch.change((now) => listPosts(now, planned));
  const existed = await CancellationScope.nonCancellable(() =>
    Promise.all(planned.map((one) => startPost(batch.value, one, open))),
  );
  // What they said, they said before this run knew them.
  if (existed.includes(true)) partOf(batch, 'posts').change((now) => setNextLook(now, Date.now()));
}

/** The first of the queue are posts now. */
const listPosts = (batch: Batch, planned: readonly PlannedPost[]): Batch => ({
  ...batch,
  plan: dropQueued(batch.plan, planned.length),
  posts: addStarted(batch.posts, planned, limitsOf(batch)),
});

/** Temporal takes a summary of at most 200 bytes, and a character has up to four. */
const TITLE_CHARACTERS = 36;

function postSummary(handle: string, { contentFormat: format, title }: PlannedPost): string {
  const characters = [...title];
  const short =
    characters.length > TITLE_CHARACTERS ? `${characters.slice(0, TITLE_CHARACTERS - 1).join('')}…` : title;
  return `${handle} · ${format} · ${isAscii(title) ? title.slice(0, 120) : short}`;
}

// A title of single bytes needs no such care.
const isAscii = (text: string): boolean => !/[^ -~]/.test(text);

/** @returns whether the post existed already: a run that was reset had started it. It is the batch's own all the same. */
async function startPost(batch: Batch, planned: PlannedPost, open: OpenPosts): Promise<boolean> {
  try {
    const child = await startChildPost(batch, planned);
    open.add(planned.id);
    const close = (): void => void open.delete(planned.id);
    void child.result().then(close, close);
    return false;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    log.warn('the post exists already', { postId: planned.id });
    return true;
  }
}

function startChildPost(batch: Batch, planned: PlannedPost): Promise<ChildWorkflowHandle<typeof post>> {
  const { id: batchId, planner, brief, repeat, mix, deskUrl } = batch.input;
  const account = keepPlanner(batch.input.account, planner);
  const input = {
    ...planned,
    batchId,
    account,
    planner,
    brief,
    repeat,
    specialMessage: specialMessage(mix),
    offline: batch.plan.offline,
    budget: batch.money.budget,
    deskUrl,
  };
  return startChild<typeof post>(POST_WORKFLOW, {
    workflowId: postWorkflowId(planned.id),
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    args: [input],
    staticSummary: postSummary(account.handle, planned),
    staticDetails: `${plain(planned.plan.topic)}\n\n${plain(planned.plan.angle)}`,
    typedSearchAttributes: [
      { key: copydeskAccount, value: account.handle },
      { key: copydeskBatch, value: batchId },
      { key: postStatusKey, value: 'drafting' },
      { key: contentFormat, value: planned.contentFormat },
      { key: costUsd, value: 0 },
    ],
  });
}

/** Passes an approval on to the posts that waited when it came, for the gate and revision that the batch had heard of. */
export async function approvePosts({ approval, posts }: PendingApproval): Promise<void> {
  await Promise.all(
    posts.map(({ id, gate, revision }) =>
      reach(id, (post) => post.signal(approveSignal, { ...approval, gate: gate ?? undefined, revision })),
    ),
  );
}

/** Tells blocked posts to try their step again. */
export async function resumePosts(ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => reach(id, (post) => post.signal(resumeSignal, { by: 'batch' }))));
}

/** Cancels posts; each cleans up after itself and says so. `decision` is whose it is, where a person gave a name. */
export async function cancelPosts(ids: readonly string[], decision: Cancel | null): Promise<void> {
  await Promise.all(ids.map((id) => reach(id, (post) => cancelPost(post, decision))));
}

/** The decision comes first, since it has a name; the cancellation also reaches a post that takes no decision just then. */
async function cancelPost(post: ExternalWorkflowHandle, decision: Cancel | null): Promise<void> {
  if (decision) await post.signal(cancelSignal, decision);
  await post.cancel();
}

/** A post that has ended in the meantime can't be reached, which is no reason to stop. */
async function reach(id: string, act: (post: ExternalWorkflowHandle) => Promise<void>): Promise<void> {
  try {
    await act(getExternalWorkflowHandle(postWorkflowId(id)));
  } catch (error) {
    log.warn('the post could not be reached', { postId: id, error });
  }
}
