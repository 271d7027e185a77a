import type { Context } from 'hono';
import type { PostStatus } from '../../contract/status.js';
import { ApiRefusal } from '../api/refusal.js';
import type { DeskDeps } from '../deps.js';
import { readerZone } from '../http/reader-zone.js';
import { deskPostPath } from '../kit/addresses.js';
import type { RoomEnv } from '../kit/desk-room.js';
import { readForm } from '../kit/form.js';
import type { Notice } from '../kit/said.js';
import { SEND_ONCE } from '../kit/swap.js';
import { clockTime } from '../kit/time.js';
import { shareLink } from '../share/link.js';
import { backToPost, type DecisionTools } from './decision-routes.js';

const LASTS = '3d';

/** Makes a link with which somebody without a token decides the post. */
export function ShareForm({ status, search }: { status: PostStatus; search: string }) {
  return (
    <form method="post" action={`${deskPostPath(status.id)}/share`} class="after" {...SEND_ONCE}>
      <input type="hidden" name="list" value={search} />
      <button type="submit" class="plain-button">
        Share
      </button>{' '}
      <span class="quiet">a link for one decision, without a token</span>
    </form>
  );
}

export const canShare = ({ status, gate }: PostStatus): boolean =>
  status === 'awaiting_approval' && gate !== null;

/** What that form does: the post's page has the link. */
export async function sharePost(
  c: Context<RoomEnv>,
  id: string,
  { deps, reader, notices }: DecisionTools,
): Promise<Response> {
  const view = await reader.postView(id, true);
  if (!view) return c.notFound();
  const { field } = await readForm(c);
  const zone = readerZone(c) ?? view.account.timeZone;
  const notice = notices.put([linkLine(deps, view.status, zone)]);
  return backToPost(c, id, field, notice);
}

function linkLine(deps: DeskDeps, status: PostStatus, zone: string): Notice['lines'][number] {
  try {
    const { url, expiresAt } = shareLink(deps, status, LASTS);
    const ends = clockTime(expiresAt, zone, deps.now());
    return { text: `Whoever has this link may decide once, until ${ends}:`, ok: true, address: url };
  } catch (error) {
    if (error instanceof ApiRefusal) return { text: `Not done: ${error.message}.`, ok: false };
    throw error;
  }
}
