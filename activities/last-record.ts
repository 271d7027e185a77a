import { Context } from '@temporalio/activity';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import { postWorkflowId } from '../contract/ids.js';
import { unpublishingSignal } from '../contract/messages.js';
import { postStatusKey } from '../contract/search-attributes.js';

/** How often a post that is still ending is asked each second; then at the pauses that the workflow sets. */
const MOST_QUICK = 30;

/**
 * A post's workflow ends once its last record is written; what is written after that record would otherwise be lost to it. One that
 * still has something to do at some target is told to leave it.
 *
 * @param isOut whether the archive already has it as published; else Temporal is asked, which hears of it first
 */
export async function requireLastRecord(
  { postId, by }: { readonly postId: string; readonly by: string },
  isOut: boolean,
): Promise<void> {
  const post = Context.current().client.workflow.getHandle(postWorkflowId(postId));
  const found = await post.describe().catch((error: unknown) => {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  });
  if (found?.status.name !== 'RUNNING') return;
  if (!isOut && found.typedSearchAttributes.get(postStatusKey) !== 'published') return;
  await post.signal(unpublishingSignal, { by }).catch((error: unknown) => {
    // It has ended in the meantime.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
  throw ApplicationFailure.create({
    type: 'Post.StillRunning',
    message: 'the post is still writing its last record',
    // A person waits for the answer; and each try is a signal, of which a post takes only so many.
    nextRetryDelay: Context.current().info.attempt < MOST_QUICK ? '1 second' : undefined,
  });
}
