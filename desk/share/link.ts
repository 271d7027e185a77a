import { createHmac, timingSafeEqual, randomBytes } from 'node:crypto';
import { GATES, type Gate, stateWords } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import { ApiRefusal } from '../api/refusal.js';
import type { DeskDeps } from '../deps.js';
import { parseDuration } from '../../config/accounts/duration.js';

/** What a link is good for. */
export interface Link {
  /** Of this link alone, so that it can be spent. */
  readonly id: string;
  readonly postId: string;
  readonly revision: number;
  readonly gate: Gate;
  /** Seconds since 1970. */
  readonly expires: number;
}

const TOKEN = /^([A-Za-z0-9]{12})\.(\d{1,7})\.(\d)\.(\d{10,11})\.([\w-]{16})\.([\w-]{43})$/;

/**
 * A link as a part of an address: what it is good for, in the open, and a signature that only this desk can make.
 *
 * @param secret of this desk
 */
export function signLink(link: Link, secret: string): string {
  const said = wordsOf(link);
  return `${said}.${signature(said, secret)}`;
}

/** The link that a token is; null for one that this desk never made. */
export function readLink(token: string, secret: string): Link | null {
  const [, postId = '', revision = '', gate = '', expires = '', id = '', mac = ''] = TOKEN.exec(token) ?? [];
  const link = {
    id,
    postId,
    revision: Number(revision),
    gate: GATES[Number(gate)] ?? GATES[0],
    expires: Number(expires),
  };
  // As texts: several last characters stand for the same bytes.
  const isOurs =
    postId !== '' && timingSafeEqual(Buffer.from(mac), Buffer.from(signature(wordsOf(link), secret)));
  return isOurs ? link : null;
}

const wordsOf = ({ postId, revision, gate, expires, id }: Link): string =>
  [postId, revision, GATES.indexOf(gate), expires, id].join('.');

const signature = (said: string, secret: string): string =>
  createHmac('sha256', secret).update(`review link ${said}`).digest('base64url');

const HOUR_MS = 3_600_000;
const LONGEST_MS = 30 * 24 * HOUR_MS;

/**
 * A link to the review of a post that waits, for somebody without a token.
 *
 * @param expiresIn `12h` or `3d`, from an hour to 30 days
 * @throws Refusal 400 for another time, 409 for a post that does not wait
 */
export function shareLink(
  { settings, sessions, now }: Pick<DeskDeps, 'settings' | 'sessions' | 'now'>,
  { id, status, gate, revision }: PostStatus,
  expiresIn: string,
): { url: string; expiresAt: string } {
  const lasts = parseDuration(expiresIn) ?? 0;
  if (lasts < HOUR_MS || lasts > LONGEST_MS) {
    const message = `expiresIn='${expiresIn}' is not a time from 1h to 30d, such as 12h or 3d`;
    throw new ApiRefusal(400, message, 'expiresIn');
  }
  if (status !== 'awaiting_approval' || gate === null)
    throw new ApiRefusal(409, `post ${id} is ${status}; a link is for a post that waits for approval`);
  const expires = Math.floor((now().getTime() + lasts) / 1_000);
  const link = { id: randomBytes(12).toString('base64url'), postId: id, revision, gate, expires };
  return {
    url: `${settings.url}/review/${signLink(link, sessions.secret)}`,
    expiresAt: new Date(expires * 1_000).toISOString(),
  };
}

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
