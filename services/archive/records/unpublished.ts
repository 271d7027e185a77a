import type { PipelineRow, PostStatus } from '../../../contract/status.js';
import type { Removal, Unpublication } from '../../../contract/unpublish.js';

/** A published post's record once it is taken back: its state, and who took it back. Any other post stays as it is. */
export function unpublishedStatus(status: PostStatus, { by, reason, at }: Unpublication): PostStatus {
  if (status.status !== 'published') return status;
  const { revision } = status;
  const entry = { decision: 'unpublish', by, revision, gate: null, note: reason, at, counted: true } as const;
  return { ...status, status: 'unpublished', gate: null, review: [...status.review, entry] };
}

/** The record with what a target made of being asked to delete. Told twice, it says so once. */
export const withRemoval = (status: PostStatus, removal: Removal): PostStatus => ({
  ...status,
  publications: status.publications.map((publication) =>
    publication.target === removal.target && !publication.removedAt
      ? { ...publication, removedAt: removal.removedAt }
      : publication,
  ),
  pipeline: removal.removedAt === null ? noted(status.pipeline, removal) : status.pipeline,
});

/** A target that keeps a post says why on the row of its publication. */
function noted(pipeline: readonly PipelineRow[], { target, reason }: Removal): readonly PipelineRow[] {
  const index = pipeline.findLastIndex((row) => row.step === 'publish' && row.target === target);
  const row = pipeline[index];
  const words = `${target} keeps it: ${reason ?? 'it did not say why'}`;
  if (!row || row.note?.includes(words)) return pipeline;
  return pipeline.with(index, { ...row, note: [row.note, words].filter(Boolean).join('; ') });
}
