import type { Edition } from '../../activities/publish.js';
import { formatOf } from '../../contract/formats/registry.js';
import { publisher } from '../activities.js';
import type { Cell } from '../cell.js';
import { addPublication, finishPublishing, isOutAt, type Out } from './out.js';
import { rowOf, type StepRow } from './rows.js';
import type { Post } from './state.js';

/** Publishes what was approved, to each target once. */
export async function publish(
  edition: Edition,
  targets: readonly string[],
  { out, row }: { readonly out: Cell<Out>; readonly row: Cell<StepRow> },
): Promise<void> {
  row.change((now) => ({ ...now, state: 'running' }));
  for (const target of targets) {
    if (isOutAt(out.value, target)) continue;
    row.change((now) => ({ ...now, attempts: now.attempts + 1 }));
    const task = { target, edition };
    const publication = await publisher.publish.executeWithOptions({ summary: `Publish to ${target}` }, [
      task,
    ]);
    out.change((now) => addPublication(now, publication));
  }
  out.change((now) => finishPublishing(now, new Date().toISOString()));
  const { publications, publishedAt } = out.value;
  const note = publications.map(({ target }) => target).join(', ');
  row.change((now) => ({ ...now, state: 'done', at: publishedAt, note }));
}

/** What goes out, as it was approved. */
export function editionOf({ input, words, work, decisions }: Post): Edition {
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
  };
}
