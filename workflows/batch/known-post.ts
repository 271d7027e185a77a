import type { PlannedPost } from '../../contract/batch.js';
import { OVER_BUDGET } from '../../contract/money/budget.js';
import type { PostReport } from '../../contract/messages.js';
import { isFinal, type PostState, type Step } from '../../contract/states.js';
import { isStopped } from './key-trouble.js';
import { shorten, shortError, type TextLimits } from './text-limits.js';

/** A post as its batch knows it, from what the post last said. */
export interface KnownPost extends PostReport {
  readonly contentFormat: string;
}

/** A post that has just been started. */
export const startedPost = ({ id, title, contentFormat }: PlannedPost, limits: TextLimits): KnownPost => ({
  id,
  title: shorten(title, limits.title),
  contentFormat,
  status: 'drafting',
  gate: null,
  revision: 1,
  cost: 0,
  unknown: 0,
  step: 'draft',
  error: null,
});

/** The post as it now says it is; the post as it was for a word that came too late: what has ended has ended. */
export function updatedPost(known: KnownPost, report: PostReport, limits: TextLimits): KnownPost {
  if (report.sequence !== undefined && report.sequence < (known.sequence ?? 0)) return known;
  if (isFinal(known.status) && !isFinal(report.status)) return known;
  return {
    ...known,
    ...report,
    title: shorten(report.title, limits.title),
    error: report.error && shortError(report.error, limits),
    contentFormat: known.contentFormat,
  };
}

/** Whether a resume of the batch resumes the post: what stops it is not its own, but the budget, a key or an account. */
export const resumesWithBatch = (post: KnownPost): boolean =>
  (post.status === 'blocked' && post.error?.type === OVER_BUDGET) || isStopped(post);

const AT_STEP: Readonly<Partial<Record<Step, PostState>>> = {
  draft: 'drafting',
  hero_image: 'illustrating',
  video: 'filming',
  publish: 'publishing',
};

/** A post that has been told to try its step again: at work, until it says otherwise, so that it counts in the window. */
export const resumedPost = (post: KnownPost): KnownPost => ({
  ...post,
  status: (post.step && AT_STEP[post.step]) ?? 'drafting',
  error: null,
});
