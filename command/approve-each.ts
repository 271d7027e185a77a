import type { Approve } from '../contract/messages.js';
import { isFinal, type Gate } from '../contract/states.js';
import type { Posts } from '../client/posts.js';
import { RefusedError } from '../client/errors.js';

/** An approval of exactly what was seen. */
export type BoundApproval = Approve & { readonly gate: Gate; readonly revision: number };

/**
 * Binds an approval to the gate and revision that the post shows now, as far as it does not name them itself. So one
 * that is repeated, or comes when the post has moved on to its next gate, approves nothing there.
 *
 * @throws RefusedError when no gate is open
 */
export async function boundApproval(
  posts: Pick<Posts, 'status'>,
  id: string,
  approval: Approve,
): Promise<BoundApproval> {
  const { gate, revision } = approval;
  if (gate !== undefined && revision !== undefined) return { ...approval, gate, revision };
  const seen = await posts.status(id);
  if (isFinal(seen.status)) throw new RefusedError(`post ${id} is ${seen.status}; it is too late to approve`);
  if (seen.gate === null) throw new RefusedError(`post ${id}: no gate is open: the post is ${seen.status}`);
  return { ...approval, gate: gate ?? seen.gate, revision: revision ?? seen.revision };
}
