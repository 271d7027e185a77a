import fc from 'fast-check';
import type { Redo } from '../../contract/messages.js';
import type { Fault } from '../../offline/stand-ins.js';
import { anyFault } from './faults.js';

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
  /** How long a job takes, in ms. */
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
