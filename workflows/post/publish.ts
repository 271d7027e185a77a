import type { Edition } from '../../activities/publish.js';
import { formatOf } from '../../contract/formats/registry.js';
import { publisher } from '../activities.js';
import { rowOf, type PostRun } from './run.js';

/** Publishes what was approved, to each target once. */
export async function publish(run: PostRun): Promise<void> {
  const row = rowOf(run, 'publish');
  row.state = 'running';
  const edition = editionOf(run);
  for (const target of run.input.account.targets) {
    if (run.publications.some((publication) => publication.target === target)) continue;
    row.attempts += 1;
    run.publications.push(
      await publisher.publish.executeWithOptions({ summary: `Publish to ${target}` }, [{ target, edition }]),
    );
  }
  run.publishedAt = run.publications[0]?.at ?? new Date().toISOString();
  Object.assign(row, {
    state: 'done',
    at: run.publishedAt,
    note: run.publications.map(({ target }) => target).join(', '),
  });
}

function editionOf(run: PostRun): Edition {
  const { input, draft, revision } = run;
  if (!draft) throw new Error('nothing was written, so nothing can be published');
  const assets = formatOf(input.contentFormat).media.flatMap((step) => rowOf(run, step).asset ?? []);
  return {
    postId: input.id,
    account: input.account.handle,
    revision,
    contentFormat: input.contentFormat,
    title: draft.title,
    body: draft.body,
    caption: draft.caption,
    hashtags: draft.hashtags,
    altText: draft.altText,
    assets,
  };
}
