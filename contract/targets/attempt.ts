import type { Publication, StatusError } from '../status.js';

/** What came of one attempt at a target. One that may have been taken is told, never thrown. */
export type PublishAttempt = ({ readonly outcome: 'published' } & Publication) | NotPublished;

export type NotPublished =
  /** Nothing was written, and it may go another time. */
  | { readonly outcome: 'later'; readonly error: StatusError; readonly retryAfterSeconds: number | null }
  /** Nothing was written, and a person must mend something first. */
  | { readonly outcome: 'refused'; readonly error: StatusError }
  | {
      readonly outcome: 'unknown';
      readonly error: StatusError;
      readonly retryAfterSeconds: number | null;
      /** The target keeps the same edition once, so the attempt may be made again as it is. */
      readonly repeatable: boolean;
    };

/** What came of looking for a publication whose attempt had an unknown outcome. */
export type PublicationSearch =
  | { readonly found: 'publication'; readonly publication: Publication }
  /** The target certainly has none of it. */
  | { readonly found: 'nothing' }
  /** It was not looked for: the target keeps the same edition once, so the attempt may be made again as it is. */
  | { readonly found: 'repeatable' }
  /** It could not be looked for now. */
  | { readonly found: 'later'; readonly error: StatusError; readonly retryAfterSeconds: number | null }
  | { readonly found: 'unknowable'; readonly error: StatusError };

/** The publication in an answer; null where there is none. */
export function publicationIn(answer: PublishAttempt | PublicationSearch): Publication | null {
  if ('found' in answer) return answer.found === 'publication' ? answer.publication : null;
  if (answer.outcome !== 'published') return null;
  const { target, url, at, removedAt } = answer;
  return { target, url, at, removedAt };
}
