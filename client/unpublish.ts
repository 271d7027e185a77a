import { type PostState, stateWords } from '../contract/states.js';
import {
  UNPUBLISH_WORKFLOW,
  unpublishStatusQuery,
  unpublishWorkflowId,
  type UnpublishInput,
  type Unpublished,
} from '../contract/unpublish.js';
import type { Calls } from './calls.js';
import { RefusedError } from './errors.js';
import { runShortly } from './run-shortly.js';

/** What a person says of a post that is to be taken back. */
export interface Unpublish {
  readonly by: string;
  readonly reason?: string;
}

/** What came of it by the time that it was answered. */
export interface TakenBack {
  readonly status: PostState;
  /** The targets that still have the post: they refuse to delete it, or have not answered yet. Its record says which. */
  readonly keptBy: readonly string[];
}

/** Starts the workflow that takes a post back, or joins the one that is at it, and waits until its page is gone. */
export async function runUnpublish(
  calls: Calls,
  id: string,
  { by, reason = '' }: Unpublish,
): Promise<TakenBack> {
  const { status } = await calls.status('post', id);
  if (status !== 'published' && status !== 'unpublished')
    throw refusedFor(id, `the post is ${stateWords(status)}; only a published one can be unpublished`);
  const input = { postId: id, by, reason: reason === '' ? null : reason };
  try {
    const { refused, publications } = await runShortly<UnpublishInput, Unpublished>(calls, {
      type: UNPUBLISH_WORKFLOW,
      id: unpublishWorkflowId(id),
      input,
      summary: `Unpublish post ${id}`,
      status: unpublishStatusQuery,
      // A target that keeps the post may be asked again; one run at a time.
      whileRunning: 'USE_EXISTING',
    });
    if (refused !== null) throw refusedFor(id, refused);
    const kept = publications.filter(({ removedAt }) => removedAt === null);
    return { status: 'unpublished', keptBy: kept.map(({ target }) => target) };
  } catch (error) {
    throw error instanceof RefusedError ? error : calls.explained(`unpublishing post ${id}`, error);
  }
}

export const refusedFor = (id: string, reason: string): RefusedError =>
  new RefusedError(`post ${id}: ${reason}`);
