/** The faults of the stand-ins' table, as far as a provider could play them. */
import fc from 'fast-check';
import type { Fault, FaultKind, FaultPoint } from '../../offline/stand-ins.js';

type Point = Exclude<FaultPoint, 'billing' | 'moderation'>;

const EVERYWHERE: readonly FaultKind[] = ['status', 'drop-before', 'drop-after'];

/** Billing events are asked by reconcile alone, which pays nothing. */
export const KINDS: Readonly<Record<Point, readonly FaultKind[]>> = {
  openai: [...EVERYWHERE, 'refusal', 'truncated', 'malformed', 'off-mix', 'off-style'],
  submit: [...EVERYWHERE, 'completed-error'],
  status: [...EVERYWHERE, 'completed-error'],
  result: [...EVERYWHERE, 'completed-error', 'flagged'],
  cancel: EVERYWHERE,
  upload: EVERYWHERE,
  pricing: EVERYWHERE,
  schema: EVERYWHERE,
  history: EVERYWHERE,
  download: [...EVERYWHERE, 'html', 'cut'],
};

/** An error answer. `accepted` only where an answer of that status says nothing of what is behind it. */
type Refusal = Pick<Fault, 'status' | 'code' | 'retryAfter' | 'accepted'>;

const TROUBLE: readonly Refusal[] = [{ status: 500 }, { status: 503, retryAfter: 1 }];
const KEY: readonly Refusal[] = [{ status: 401 }, { status: 403 }];
const LIMIT: readonly Refusal[] = [{ status: 429 }, { status: 429, retryAfter: 2 }];
const USUAL: readonly Refusal[] = [...TROUBLE, ...KEY, ...LIMIT];

/** A result that is 400, 422 or 499 is the word on a job that failed, which `completed-error` plays with its units. */
const REFUSALS: Readonly<Record<Point, readonly Refusal[]>> = {
  openai: [
    ...USUAL,
    { status: 408 },
    { status: 400, code: 'invalid_prompt' },
    { status: 429, code: 'insufficient_quota' },
  ],
  submit: [
    ...USUAL,
    { status: 500, accepted: true },
    { status: 504, accepted: true },
    { status: 402 },
    { status: 422 },
  ],
  status: [...USUAL, { status: 404 }],
  result: [...USUAL, { status: 404 }],
  cancel: [...USUAL, { status: 400 }, { status: 404 }],
  upload: [...USUAL, { status: 413 }],
  pricing: [...USUAL, { status: 404 }],
  schema: [...USUAL, { status: 404 }],
  history: USUAL,
  download: [...USUAL, { status: 404 }],
};

const MATCHES: Readonly<Partial<Record<Point, readonly string[]>>> = {
  openai: ['^plan ', '^draft_'],
  submit: ['flux|banana', 'video'],
  status: ['flux|banana', 'video'],
  result: ['flux|banana', 'video'],
  download: ['png', 'mp4'],
};

const CODES = ['content_policy_violation', 'no_media_generated', 'file_download_error'];
const POINTS = Object.keys(KINDS) as Point[];

/** Often enough to use up the client's own tries (4), a file's (6), or the patience with a job that fal says it lacks (30). */
const TIMES = [1, 1, 1, 2, 3, 5, 9, 40];

export const anyFault: fc.Arbitrary<Fault> = fc
  .constantFrom(...POINTS.flatMap((on) => KINDS[on].map((kind) => ({ on, kind }))))
  .chain(({ on, kind }) =>
    fc.record({
      on: fc.constant(on),
      kind: fc.constant(kind),
      times: fc.constantFrom(...(kind === 'status' || on === 'download' ? TIMES : TIMES.slice(0, 6))),
      ...(MATCHES[on] && { match: fc.constantFrom(undefined, ...MATCHES[on]) }),
      more: fc.constantFrom<Refusal>(...moreOf(on, kind)),
    }),
  )
  .map(({ more, match, ...fault }) => ({ ...fault, ...(match !== undefined && { match }), ...more }));

function moreOf(on: Point, kind: FaultKind): readonly Refusal[] {
  if (kind === 'status') return REFUSALS[on];
  if (kind !== 'completed-error') return [{}];
  return CODES.flatMap((code) => (on === 'submit' ? [{ code }] : [{ code }, { code, accepted: true }]));
}
