import fc from 'fast-check';
import type { Fault, FaultKind, FaultPoint } from '../../offline/stand-ins.js';
import type { Redo } from '../../contract/states.js';

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

const anyFault: fc.Arbitrary<Fault> = fc
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

export type PaidActivity =
  'plan' | 'draft' | 'settleLost' | 'submit' | 'adopt' | 'collect' | 'stop' | 'uploadFrame';

/** The calls of services after which an attempt of each activity may be cut off, beside its start and its end. */
export const CALLS: Readonly<Record<PaidActivity, readonly string[]>> = {
  plan: ['listTitles', 'reserve', 'ask', 'settle'],
  draft: ['reserve', 'ask', 'release', 'settle'],
  settleLost: ['findCall', 'settle'],
  submit: ['reserve', 'submit', 'extend', 'release'],
  adopt: ['find', 'extend', 'settle'],
  collect: ['extend', 'state', 'result', 'download', 'take', 'unitPrice', 'settle'],
  stop: ['remove', 'cancel', 'state', 'result', 'unitPrice', 'settle', 'release'],
  uploadFrame: ['read', 'upload'],
};
const ACTIVITIES = Object.keys(CALLS) as PaidActivity[];

/** Something that happens to one attempt of an activity. */
export interface Strike {
  /** `kill`: its worker dies, and nothing it does afterwards counts; `cancel`: a person cancels the post. */
  readonly does: 'kill' | 'cancel';
  readonly activity: PaidActivity;
  /** `start`, the call that has just come back, or `end`: the attempt was over and Temporal has not heard of it. */
  readonly after: string;
  /** How many attempts of the activity are passed over first. */
  readonly skip: number;
  /** The activity's time is over with it: there is no further attempt. */
  readonly last: boolean;
  /** A job that is submitted by this attempt waits in the queue for an hour. */
  readonly queued: boolean;
}

/** What a person says to a post or a plan that is blocked. */
export type Word = 'resume' | 'give up' | Redo;

export interface Scenario {
  readonly formats: readonly ('hero_text' | 'video')[];
  readonly models: { plan: string; draft: string; image: string; video: string };
  readonly api: 'responses' | 'chat';
  /** The tier that the project's settings choose. */
  readonly tier: 'default' | 'flex' | 'priority';
  /** Long enough for the provider's prompt cache. */
  readonly longPrompts: boolean;
  /** Nano-USD; null for more than enough. */
  readonly budget: number | null;
  /** Nano-USD; null for never. */
  readonly confirmOver: number | null;
  readonly jobMs: number;
  /** So many results come without their metered units. */
  readonly withoutUnits: number;
  readonly faults: readonly Fault[];
  readonly strikes: readonly Strike[];
  /** Said one at a time when something is blocked; after the last it is given up. */
  readonly words: readonly Word[];
  /** What is made again once a post waits for approval. */
  readonly redo: Redo | null;
}

/** Not a paid call, which has one attempt anyway; nor what is tried until it is done. */
const ALWAYS: readonly PaidActivity[] = ['plan', 'draft', 'submit', 'settleLost', 'stop'];
const mayBeLast = ({ does, activity }: Strike): boolean => does === 'kill' && !ALWAYS.includes(activity);

/** A job that waits for an hour is never waited for: whenever it is accepted, this cancels it. */
const isSureCancel = ({ does, activity, after }: Strike): boolean =>
  does === 'cancel' && activity === 'submit' && after !== 'release';

const anyStrike: fc.Arbitrary<Strike> = fc
  .constantFrom(...ACTIVITIES)
  .chain((activity) =>
    fc.record({
      does: fc.constantFrom('kill' as const, 'kill' as const, 'kill' as const, 'cancel' as const),
      activity: fc.constant(activity),
      after: fc.constantFrom('start', ...CALLS[activity], 'end'),
      skip: fc.nat({ max: 2 }),
      last: fc.integer({ min: 0, max: 7 }).map((n) => n === 7),
      queued: fc.boolean(),
    }),
  )
  .map((strike) => ({
    ...strike,
    last: strike.last && mayBeLast(strike),
    queued: strike.queued && isSureCancel(strike),
  }));

const REDOS: readonly Redo[] = ['text', 'image', 'video', 'all'];

export const anyScenario: fc.Arbitrary<Scenario> = fc.record({
  formats: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<Scenario['formats']>(['hero_text'], ['video']) },
    {
      weight: 1,
      arbitrary: fc.array(fc.constantFrom('hero_text' as const, 'video' as const), {
        minLength: 2,
        maxLength: 3,
      }),
    },
  ),
  models: fc.record({
    plan: fc.constantFrom('gpt-6.1-terra', 'gpt-6-sol', 'gpt-5.6-terra'),
    draft: fc.constantFrom('gpt-6-luna', 'gpt-5.6-luna', 'gpt-5.4-mini', 'gpt-5.4-nano'),
    image: fc.constantFrom('fal-ai/flux-pro/v1.1-ultra', 'fal-ai/flux/dev', 'fal-ai/nano-banana'),
    video: fc.constantFrom(
      'fal-ai/kling-video/v3/pro/image-to-video',
      'fal-ai/kling-video/v2.5-turbo/pro/image-to-video',
      'fal-ai/ltx-2.3/image-to-video',
    ),
  }),
  api: fc.constantFrom('responses', 'chat'),
  tier: fc.constantFrom('default', 'flex', 'priority'),
  longPrompts: fc.boolean(),
  budget: fc.constantFrom(null, null, null, null, 70_000_000),
  confirmOver: fc.constantFrom(null, null, null, 50_000_000),
  jobMs: fc.constantFrom(0, 0, 15),
  withoutUnits: fc.constantFrom(0, 0, 0, 1, 2),
  faults: fc.array(anyFault, { maxLength: 5 }),
  strikes: fc.array(anyStrike, { maxLength: 3 }),
  words: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant<Word>('resume') },
      { weight: 1, arbitrary: fc.constantFrom<Word>('give up', ...REDOS) },
    ),
    { maxLength: 4 },
  ),
  redo: fc.option(fc.constantFrom(...REDOS), { freq: 2 }),
});
