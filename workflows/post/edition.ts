import type { Edition } from '../../activities/publish.js';
import { formatOf } from '../../contract/formats/registry.js';
import { rowOf } from './state/rows.js';
import type { Post } from './state/state.js';
import { textFor } from './texts.js';

/** What goes out at a target, as it was approved: the same on every attempt. */
export function editionFor(post: Post, target: string): Edition {
  const { input, words, work, decisions, out } = post;
  const { draft } = words;
  if (!draft) throw new Error('nothing was written, so nothing can be published');
  const assets = formatOf(input.contentFormat).media.flatMap((step) => rowOf(work.rows, step).asset ?? []);
  return {
    postId: input.id,
    account: input.account.handle,
    revision: decisions.revision,
    contentFormat: input.contentFormat,
    title: draft.title,
    body: draft.body,
    caption: draft.caption,
    hashtags: draft.hashtags,
    altText: draft.altText,
    assets,
    language: input.account.language,
    text: textFor(post, target),
    at: out.began?.at,
  };
}
