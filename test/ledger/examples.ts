/** Scenarios that run each time before any is drawn: between them every fault, every kill and every kind of cancel strikes. */
import type { Fault } from '../../offline/stand-ins.js';
import { CALLS, KINDS, type PaidActivity, type Scenario, type Strike } from './scenario.js';

const POINTS = Object.keys(KINDS) as (keyof typeof KINDS)[];

const PLAIN: Scenario = {
  formats: ['video'],
  models: {
    plan: 'gpt-6.1-terra',
    draft: 'gpt-6-luna',
    image: 'fal-ai/flux-pro/v1.1-ultra',
    video: 'fal-ai/kling-video/v3/pro/image-to-video',
  },
  api: 'responses',
  tier: 'default',
  longPrompts: false,
  budget: null,
  confirmOver: null,
  jobMs: 0,
  withoutUnits: 0,
  faults: [],
  strikes: [],
  words: ['resume', 'resume', 'resume', 'resume', 'resume', 'resume'],
  redo: null,
};

const kill = (activity: PaidActivity, after: string, rest: Partial<Strike> = {}): Strike => ({
  ...{ does: 'kill', activity, after, skip: 0, last: false, queued: false },
  ...rest,
});

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** One of each point's kinds at a time, each in the way of a call that comes. */
const withFaults = (index: number): Scenario => {
  const fault = (on: keyof typeof KINDS): Fault => ({ on, kind: at(KINDS[on], index) });
  return {
    ...PLAIN,
    api: at(['responses', 'chat'], index),
    tier: at(['default', 'flex', 'priority'], index),
    longPrompts: true,
    faults: [
      ...POINTS.filter((on) => on !== 'cancel').map(fault),
      // Something to look for in the history.
      { on: 'submit', kind: 'drop-after', match: 'flux' },
    ],
  };
};

/** Where a submit and the search for its job are cut off together, so that each place of both comes up. */
const LOST_SUBMITS: readonly (readonly [submit: string, adopt: string])[] = [
  ['start', 'start'],
  ['reserve', 'settle'],
  ['submit', 'find'],
  ['extend', 'extend'],
  ['end', 'end'],
];

/** A kill at the next place of every activity. */
const withKills = (index: number): Scenario => {
  const [submit, adopt] = at(LOST_SUBMITS, index);
  const after = (activity: PaidActivity): string => at(['start', ...CALLS[activity], 'end'], index);
  const others = (['plan', 'draft', 'settleLost', 'collect', 'uploadFrame'] as const).map((one) =>
    kill(one, after(one)),
  );
  return {
    ...PLAIN,
    formats: index < 4 ? ['video'] : ['hero_text'],
    strikes: [...others, kill('submit', submit), kill('adopt', adopt)],
  };
};

/** A kill just after what was held for a call that was turned away has been given back. */
const turnedAway: Scenario = {
  ...PLAIN,
  formats: ['hero_text'],
  faults: [
    { on: 'openai', kind: 'status', status: 429, match: '^draft_' },
    { on: 'submit', kind: 'status', status: 429 },
  ],
  strikes: [kill('draft', 'release'), kill('submit', 'release')],
};

/** A post that is cancelled while its job is submitted, and what strikes the stopping of that job. */
const stopped = (strike: Partial<Scenario>, queued = false): Scenario => ({
  ...PLAIN,
  formats: ['hero_text'],
  ...strike,
  strikes: [kill('submit', 'submit', { does: 'cancel', queued }), ...(strike.strikes ?? [])],
});

const HERO: Scenario = { ...PLAIN, formats: ['hero_text'] };

/** A job that failed and was billed all the same. */
const failedBilled: Scenario = {
  ...HERO,
  faults: [{ on: 'result', kind: 'completed-error', accepted: true }],
};

/** What drawn ones have found, at its smallest. */
const FOUND: readonly Scenario[] = [
  // Given up while fal's history may not be read.
  {
    ...HERO,
    faults: [{ on: 'history', kind: 'status', status: 403, times: 9 }],
    strikes: [kill('submit', 'end')],
    words: [],
  },
  // Killed, then turned away for good, then resumed: two calls, two keys.
  {
    ...HERO,
    faults: [{ on: 'openai', kind: 'status', status: 401, match: '^draft_' }],
    strikes: [kill('draft', 'reserve')],
  },
  // Settled and killed: its own charge is found, not an estimate.
  { ...HERO, strikes: [kill('draft', 'settle')], words: [] },
  // Killed, and so is the look at what it cost.
  ...['start', 'findCall', 'settle', 'end'].map((after) => ({
    ...HERO,
    strikes: [kill('draft', 'ask'), kill('settleLost', after)],
  })),
  // Cancelled while its worker was dead: what it cost counts all the same.
  { ...HERO, strikes: [kill('draft', 'ask'), kill('settleLost', 'findCall', { does: 'cancel' })] },
];

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export const EXAMPLES: readonly Scenario[] = [
  ...upTo(8).map(withFaults),
  ...upTo(9).map(withKills),
  ...FOUND,
  turnedAway,
  failedBilled,
  ...['start', 'remove', 'cancel', 'state', 'result', 'unitPrice', 'settle', 'end'].map((after) =>
    stopped({ strikes: [kill('stop', after)] }),
  ),
  stopped({ strikes: [kill('stop', 'release')] }, true),
  ...KINDS.cancel.map((kind) => stopped({ faults: [{ on: 'cancel', kind }] }, true)),
];
