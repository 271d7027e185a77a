import type { Context } from 'hono';
import type { RoomEnv } from '../kit/desk-room.js';
import { type DecisionTools, listIn } from './decision-routes.js';
import { NO_FIELDS, readForm } from '../kit/form.js';
import { AssetRefused } from '../../services/assets/assets.js';
import { decide } from './decide.js';
import { deskPostPath } from '../kit/addresses.js';
import { queueSearch } from '../queue/queue.js';
import type { PostStatus } from '../../contract/status.js';
import { PostForm } from './decision-bar.js';

/** More than a picture may have, with the form around it, in bytes. */
export const PICTURE_BYTES = 21 * 1024 ** 2;

/**
 * Puts a picture of a person's own in place of a post's: it is checked and stored, then an edit names it. Where that edit is
 * refused, the picture is removed again.
 */
export async function replacePicture(
  c: Context<RoomEnv>,
  id: string,
  { deps, reader, pages, notices }: DecisionTools,
): Promise<Response> {
  const { storeUpload, posts, assets } = deps;
  const view = await reader.postView(id, true);
  if (!storeUpload || !view) return c.notFound();
  const form = await readForm(c);
  const query = listIn(form.field);
  const seen = Number(form.field('revision')) || 0;
  const refuse = (problem: string, status: 400 | 409) =>
    pages.post(c, id, query, { problem, typed: NO_FIELDS, seen: status === 409 ? seen : null, status });

  const picture = form.file('picture');
  if (!picture || picture.size === 0) return refuse('Choose a picture first.', 400);
  let asset: string;
  try {
    ({ asset } = await storeUpload(id, [new Uint8Array(await picture.arrayBuffer())]));
  } catch (error) {
    if (error instanceof AssetRefused) return refuse(`The picture was not taken: ${error.message}.`, 400);
    throw error;
  }
  const request = { decision: 'edit', by: c.get('person').name, hero: asset } as const;
  const outcome = await decide(posts, view.status, { request, seen });
  if (outcome.kind !== 'done') {
    // An edit that has no answer may still be made, and names it.
    if (outcome.kind !== 'unanswered') await assets.remove(asset);
    return refuse(outcome.message, 409);
  }
  const text = `The picture is yours now: revision ${outcome.result.revision}.`;
  const notice = notices.put([{ text, ok: true }]);
  return c.redirect(deskPostPath(id, queueSearch(query, { notice })), 303);
}

/** Replaces a post's picture by one of the person's own. It is sent as a page, since scripts could not show more of it. */
export function PictureForm({ status, search }: { status: PostStatus; search: string }) {
  return (
    <PostForm
      status={status}
      search={search}
      to="picture"
      label="Picture"
      enctype="multipart/form-data"
      class="picture-form"
    >
      <label for={`picture-${status.id}`}>A picture of your own: PNG, JPEG or WebP, up to 20 MB</label>
      <input
        id={`picture-${status.id}`}
        name="picture"
        type="file"
        accept="image/png,image/jpeg,image/webp"
        required
      />
      <button type="submit" class="plain-button">
        Replace picture
      </button>
    </PostForm>
  );
}
