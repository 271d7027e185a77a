import type { Context } from 'hono';
import type { PostStatus } from '../../contract/status.js';
import { deskPostPath } from '../kit/addresses.js';
import { ConfirmPage } from '../kit/confirm-page.js';
import { findViewer, type Viewer } from '../kit/room-page.js';
import { parameter } from '../http/bad-request.js';
import { printable, printableText, TITLE_LIMIT } from '../http/printable.js';
import type { PostView } from '../reading/reader.js';
import type { RoomEnv } from '../kit/desk-room.js';
import { backToPost, type DecisionTools, listIn } from './decision-routes.js';
import { readForm } from '../kit/form.js';
import { CopydeskError } from '../../contract/errors.js';
import { sentence } from './decide.js';
import { queueSearch } from '../queue/queue.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

/** Leads to the page that asks whether a published post is to be taken back. */
export function UnpublishForm({ status, search }: { status: PostStatus; search: string }) {
  return (
    <form method="get" action={`${deskPostPath(status.id)}/unpublish`} class="after">
      <input type="hidden" name="list" value={search} />
      <button type="submit" class="plain-button danger">
        Unpublish
      </button>
    </form>
  );
}

/** `/desk/posts/<id>/unpublish`: says where the post is and what becomes of it there, and asks once. */
export async function askUnpublish(
  c: Context<RoomEnv>,
  id: string,
  { deps, reader }: Pick<DecisionTools, 'deps' | 'reader'>,
): Promise<Response> {
  const view = await reader.postView(id, true);
  if (!view) return c.notFound();
  const post = deskPostPath(view.status.id);
  if (!canUnpublish(view.status)) return c.redirect(post, 303);
  const list = parameter(c, 'list') ?? '';
  const search = queueSearch(listIn((name) => (name === 'list' ? list : '')));
  return c.html(<UnpublishPage view={printable(view)} search={search} viewer={await findViewer(c, deps)} />);
}

function UnpublishPage({ view, search, viewer }: { view: PostView; search: string; viewer: Viewer }) {
  const { status } = view;
  const post = deskPostPath(status.id);
  const out = status.publications.filter(({ removedAt }) => removedAt === null);
  return (
    <ConfirmPage
      {...viewer}
      title="Unpublish"
      place="published"
      question="Take this post back?"
      action={`${post}/unpublish`}
      back={`${post}${search}`}
      fields={
        <div class="field">
          <input type="hidden" name="list" value={search} />
          <label for="reason">
            Why <span class="quiet">(optional, for the record)</span>
          </label>
          <input id="reason" name="reason" maxlength={TEXT_LIMITS.note} autocomplete="off" />
        </div>
      }
    >
      <p>
        <strong dir="auto">{printableText(status.title, TITLE_LIMIT)}</strong> of @{status.account}
        {out.length > 0 && ` is at ${out.map(({ target }) => target).join(', ')}`}. Its page is gone at once,
        feeds drop it, and each target is asked to delete it; what could not be deleted is said here. It is
        never published again, but a copy of it can be.
      </p>
    </ConfirmPage>
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
  return backToPost(c, id, form.field, notice);
}
