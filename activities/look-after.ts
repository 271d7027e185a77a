import { WorkflowNotFoundError } from '@temporalio/common';
import { Context, log } from '@temporalio/activity';
import type { WorkflowExecutionDescription, WorkflowHandle } from '@temporalio/client';
import { postWorkflowId, batchWorkflowId } from '../contract/ids.js';
import { postStatusQuery, type PostReport } from '../contract/messages.js';
import { postStatusKey } from '../contract/search-attributes.js';
import { isAtWork, type PostState } from '../contract/states.js';
import type { Services } from '../services/services.js';
import { withHeartbeat } from './heartbeat.js';
import { reportOf } from './tell-batch.js';

/** A post that said nothing for long, as its batch knows it. */
export interface SilentPost {
  readonly id: string;
  readonly status: PostState;
}

/** How such a post is: nothing is new, it says this of itself, or its workflow is at an end of which it could not tell. */
export type PostFate =
  | { readonly id: string; readonly fate: 'as known' }
  | { readonly id: string; readonly fate: 'told'; readonly report: PostReport }
  | { readonly id: string; readonly fate: 'ended'; readonly how: string };

/** How long one post may take to answer, in ms; one that does not is asked again with the next look. */
const PATIENCE_MS = 20_000;

export const createLookAfter = ({ archive }: Pick<Services, 'archive'>) => ({
  /**
   * Asks Temporal how the posts of a batch are that said nothing for long, or whose words may have been lost. One that ended
   * without a word can't give its slot back, so this does.
   */
  async lookAfter({ posts }: { posts: readonly SilentPost[] }): Promise<readonly PostFate[]> {
    return withHeartbeat(null, async () => {
      const fates: PostFate[] = [];
      for (const post of posts) fates.push(await fateOf(post));
      await archive.slots.freeEnded(fates.filter(({ fate }) => fate === 'ended').map(({ id }) => id));
      return fates;
    });
  },
});

async function fateOf({ id, status: known }: SilentPost): Promise<PostFate> {
  const post = Context.current().client.workflow.getHandle(postWorkflowId(id));
  const found = await describe(post);
  switch (found?.status.name) {
    case undefined:
      return { id, fate: 'ended', how: 'gone' };
    case 'RUNNING':
    case 'CONTINUED_AS_NEW':
    case 'PAUSED':
      return hasNews(found, known) ? askPost(id, post) : { id, fate: 'as known' };
    case 'COMPLETED':
      return { id, fate: 'told', report: (await post.result()) as PostReport };
    case 'CANCELLED':
      return askPost(id, post);
    default:
      return { id, fate: 'ended', how: String(found?.status.name).toLowerCase().replaceAll('_', ' ') };
  }
}

/** A post says nothing of being at work, so that is no news. */
function hasNews({ typedSearchAttributes }: WorkflowExecutionDescription, known: PostState): boolean {
  const now = typedSearchAttributes.get(postStatusKey) as PostState | undefined;
  return now !== undefined && now !== known && !isAtWork(now);
}

async function describe(post: WorkflowHandle): Promise<WorkflowExecutionDescription | null> {
  try {
    return await post.describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** One post that can't answer must not keep the batch from the others. */
async function askPost(id: string, post: WorkflowHandle): Promise<PostFate> {
  try {
    const answer = await Context.current().client.withDeadline(Date.now() + PATIENCE_MS, () =>
      post.query(postStatusQuery),
    );
    return { id, fate: 'told', report: reportOf(answer) };
  } catch (error) {
    log.warn('a post does not answer', { postId: id, error });
    return { id, fate: 'as known' };
  }
}

export const createCancelBatch = () => ({
  /** Asks Temporal to cancel a batch, for the batch itself: a workflow can't send that to itself. */
  async cancelBatch({ batchId }: { batchId: string }): Promise<void> {
    try {
      await Context.current().client.workflow.getHandle(batchWorkflowId(batchId)).cancel();
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  },
});
