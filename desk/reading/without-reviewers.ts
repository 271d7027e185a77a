import type { PipelineRow, PostStatus, ReviewEntry } from '../../contract/status.js';

/** Who decides at a desk is not for readers: a public record says what was decided, and names an editor. */
const UNNAMED = 'an editor';

/** A record as readers may see it: what was decided and when, without who did and their notes. */
export const withoutReviewers = (status: PostStatus): PostStatus => ({
  ...status,
  pipeline: status.pipeline.map(unnoted),
  review: status.review.map(unnamed),
});

const unnamed = (entry: ReviewEntry): ReviewEntry => ({ ...entry, by: UNNAMED, note: null });

/** The note of the row says who approved. */
const unnoted = (row: PipelineRow): PipelineRow =>
  row.step === 'review' ? { ...row, note: undefined } : row;
