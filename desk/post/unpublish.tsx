import type { Context } from 'hono';
import type { PostStatus } from '../../contract/status.js';
import { deskPostPath } from '../kit/addresses.js';
import { SEND_ONCE } from '../kit/swap.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import type { RoomEnv } from '../kit/desk-room.js';
import { type DecisionTools, listIn } from './decision-routes.js';
import { readForm } from '../kit/form.js';
import { CopydeskError } from '../../contract/errors.js';
import { sentence } from './decide.js';
import { queueSearch } from '../queue/queue.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

/** Takes a published post back: its page is gone, feeds drop it, and its targets are asked to delete it. */
export function UnpublishForm({ status, search }: { status: PostStatus; search: string }) {
  return (
    <form
      method="post"
      action={`${deskPostPath(status.id)}/unpublish`}
      class="after"
      aria-label="Unpublish"
      {...SEND_ONCE}
    >
      <input type="hidden" name="list" value={search} />
      <label for={`why-${status.id}`}>Why it is taken back, for the record</label>
      <input id={`why-${status.id}`} name="reason" maxlength={TEXT_LIMITS.note} autocomplete="off" />
      <button type="submit" class="plain-button danger">
        Unpublish
      </button>
    </form>
  );
}

/** Where a post still is that was taken back: a target that did not delete it is asked again by the next time. */
const keptWords = (keptBy: readonly string[]): string =>
  keptBy.length === 0
    ? '.'
    : `, and it is still at ${keptBy.map((target) => printableText(target, TITLE_LIMIT)).join(', ')}: its pipeline says why. Unpublish it again to ask once more.`;

/** Whether there is anything left to take back. */
export const canUnpublish = ({ status, publications }: PostStatus): boolean =>
  status === 'published' ||
  (status === 'unpublished' && publications.some(({ removedAt }) => removedAt === null));

/** What that form does; the post's page says what came of it. */
export async function unpublishPost(
  c: Context<RoomEnv>,
  id: string,
  { deps, reader, notices }: DecisionTools,
): Promise<Response> {
  const view = await reader.postView(id, true);
  if (!view) return c.notFound();
  const form = await readForm(c);
  const reason = form.field('reason').trim();
  const by = c.get('person').name;
  const title = printableText(view.status.title, TITLE_LIMIT);
  const line = await deps.posts.unpublish(id, { by, reason: reason || undefined }).then(
    ({ keptBy }) => ({ text: `Unpublished “${title}”${keptWords(keptBy)}`, ok: keptBy.length === 0 }),
    (error: unknown) => {
      if (error instanceof CopydeskError) return { text: sentence(error.message, id), ok: false };
      throw error;
    },
  );
  const notice = notices.put([line]);
  return c.redirect(deskPostPath(id, queueSearch(listIn(form.field), { notice })), 303);
}
