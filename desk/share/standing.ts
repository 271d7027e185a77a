import { stateWords } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import type { Link } from './link-token.js';

/** Why a link can't be used, as its page says it. */
export interface Closed {
  readonly status: 404 | 410;
  readonly title: string;
  readonly message: string;
}

export const UNKNOWN: Closed = {
  status: 404,
  title: 'No such link',
  message: 'This is no link of this desk. It may have been copied in part: ask for it once more.',
};

export const SPENT: Closed = {
  status: 410,
  title: 'This link has been used',
  message: 'A decision was made with it, and it takes one. Ask for another link to decide again.',
};

/**
 * Why a link does not show its post to be decided on; null when it does.
 *
 * @param post as it is now; null where the desk knows it no more
 */
export function closedBy(
  link: Link,
  post: Pick<PostStatus, 'status' | 'gate' | 'revision'> | null,
  { isSpent, now }: { isSpent: boolean; now: Date },
): Closed | null {
  if (post === null) return UNKNOWN;
  if (isSpent) return SPENT;
  if (link.expires * 1_000 <= now.getTime())
    return gone('This link has ended', 'Its time is over. Ask for another link to see the post.');
  if (post.revision !== link.revision)
    return gone(
      'The post has changed',
      `This link is for revision ${link.revision}, and the post is at revision ${post.revision} now. Ask for a link to that one.`,
    );
  if (post.status !== 'awaiting_approval')
    return gone('There is nothing to decide', `The post is ${stateWords(post.status)} by now.`);
  if (post.gate !== link.gate)
    return gone('The post has moved on', 'What this link asked about was decided. Ask for another link.');
  return null;
}

const gone = (title: string, message: string): Closed => ({ status: 410, title, message });
