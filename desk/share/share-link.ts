import { randomBytes } from 'node:crypto';
import { parseDuration } from '../../config/accounts/duration.js';
import type { PostStatus } from '../../contract/status.js';
import { ApiRefusal } from '../api/refusal.js';
import type { DeskDeps } from '../deps.js';
import { signLink } from './link-token.js';

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
  if (lasts < HOUR_MS || lasts > LONGEST_MS)
    throw new ApiRefusal(
      400,
      `expiresIn='${expiresIn}' is not a time from 1h to 30d, such as 12h or 3d`,
      'expiresIn',
    );
  if (status !== 'awaiting_approval' || gate === null)
    throw new ApiRefusal(409, `post ${id} is ${status}; a link is for a post that waits for approval`);
  const expires = Math.floor((now().getTime() + lasts) / 1_000);
  const link = { id: randomBytes(12).toString('base64url'), postId: id, revision, gate, expires };
  return {
    url: `${settings.url}/review/${signLink(link, sessions.secret)}`,
    expiresAt: new Date(expires * 1_000).toISOString(),
  };
}
