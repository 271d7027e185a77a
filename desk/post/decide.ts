import { NoWorkerError, TemporalCallError } from '../../client/errors.js';
import { CopydeskError } from '../../contract/errors.js';
import type { ReviewRequest, ReviewResult } from '../../contract/messages.js';
import { stateWords } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import type { DeskDeps } from '../deps.js';
import { REDO_CHOICES } from './decision-form.js';

/** What came of a decision. */
export type Outcome =
  | { readonly kind: 'done'; readonly result: ReviewResult }
  /** Another revision came meanwhile; nothing was sent. */
  | { readonly kind: 'outdated'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string }
  /** No answer came; what was sent may be decided all the same. */
  | { readonly kind: 'unanswered'; readonly message: string };

/**
 * Sends a decision on the revision that its person saw. A rejection or a revise names no revision, so an outdated one is turned
 * away here; an approval and an edit are held against theirs by the workflow too.
 *
 * @param seen the revision that was shown
 * @throws whatever is no error of the client's
 */
export async function decide(
  posts: DeskDeps['posts'],
  status: PostStatus,
  { request, seen }: { request: ReviewRequest; seen: number },
): Promise<Outcome> {
  const isOfText = !['resume', 'cancel', 'reschedule'].includes(request.decision);
  if (isOfText && seen !== status.revision) return { kind: 'outdated', message: outdatedWords(status, seen) };
  try {
    const meant = request.decision === 'edit' ? { ...request, revision: seen } : request;
    return { kind: 'done', result: await posts.review(status.id, meant) };
  } catch (error) {
    if (error instanceof NoWorkerError || error instanceof TemporalCallError)
      return {
        kind: 'unanswered',
        message: `No answer: ${error.message}. It may be done all the same once that runs; look at the post again before you repeat it.`,
      };
    if (error instanceof CopydeskError)
      return { kind: 'refused', message: sentence(error.message, status.id) };
    throw error;
  }
}

/** `Revision 3 by ana came meanwhile: you saw revision 2.` */
function outdatedWords({ revision, review }: PostStatus, seen: number): string {
  const last = review.findLast(
    (entry) => entry.counted && (entry.decision === 'edit' || entry.decision === 'revise'),
  );
  const by = last ? ` by ${last.by}` : '';
  return `Revision ${revision}${by} came meanwhile: you saw revision ${seen}. Nothing was decided.`;
}

/** An error of the client as a sentence on the post's own page. */
export function sentence(message: string, id: string): string {
  const text = message.replace(`post ${id}: `, '');
  return `Not done: ${text}${/[.!?]$/.test(text) ? '' : '.'}`;
}

/** What a decision that was taken did, in a line. @param time writes a time for people */
export function doneWords(
  request: ReviewRequest,
  result: ReviewResult,
  { title, time }: { title: string; time: (iso: string) => string },
): string {
  const post = `“${title}”`;
  switch (request.decision) {
    case 'approve':
      return `Approved ${post}: ${approvedWords(request.publishAt, result, time)}.`;
    case 'reject':
      return `Rejected ${post}.`;
    case 'revise':
      return `${post} is being made again: ${redoWords(request.redo)}.`;
    case 'edit':
      return `Edited ${post}: it is at revision ${result.revision} now.`;
    case 'resume':
      return `Resumed ${post}: it is ${stateWords(result.status)}.`;
    case 'reschedule':
      return `Moved ${post}: ${approvedWords(request.publishAt, result, time)}.`;
    case 'cancel':
      return `Cancelled ${post}.`;
  }
}

function approvedWords(
  publishAt: string | undefined,
  { status }: ReviewResult,
  time: (iso: string) => string,
): string {
  const isTime = publishAt !== undefined && publishAt !== 'now' && publishAt !== 'next';
  if (status === 'scheduled')
    return isTime ? `it is published ${time(publishAt)}` : 'it is published at its slot';
  return `it is ${stateWords(status)}`;
}

const redoWords = (chosen = 'text'): string => REDO_CHOICES.find(([redo]) => redo === chosen)?.[1] ?? chosen;
