import type { ChargeOutcome } from '../../contract/money/charge.js';
import type { MediaStep } from '../../contract/states.js';
import type { Fault, FaultKind, FaultPoint } from '../../offline/stand-ins.js';

/** A fault that strikes the scenario's own step and no other's. */
export type Strike = Omit<Fault, 'match'>;

/** What the record says of a step. */
export interface Standing {
  /** Paid tries, as the step's row counts them. */
  readonly attempts: number;
  /** What became of what was paid, in order; each is a charge. */
  readonly outcomes: readonly ChargeOutcome[];
}

/** One fault at one step: how it ends, and how it goes on once a person has mended it. */
export interface Scenario {
  readonly name: string;
  readonly step: 'plan' | 'draft' | MediaStep;
  readonly strikes: readonly Strike[];
  /** The step's model, where it is not the sample account's. */
  readonly model?: string;
  /** Of the failures that Temporal retried by itself. */
  readonly retried?: { readonly type: string; readonly message?: RegExp };
  /** The pauses, in ms, after which a call was made again. */
  readonly waits?: readonly number[];
  /** What stops the step; null when it goes on by itself. */
  readonly blocked: {
    readonly type: string;
    readonly message: RegExp;
    /** Whether the error names the provider's request. */
    readonly request: boolean;
    readonly standing: Standing;
  } | null;
  readonly end: Standing;
  readonly note?: RegExp;
  /** How many jobs fal was given for the step; 1 when left out. */
  readonly jobs?: number;
  /** How many calls were billed whose answer was lost. */
  readonly lostBills?: number;
  /** The charge that is kept is an estimate, since nobody could tell its price. */
  readonly unpriced?: boolean;
}

type Row = Omit<Scenario, 'step'>;
type Why = readonly [type: string, message: RegExp];

const at = (on: FaultPoint, what: FaultKind | number, more: Partial<Strike> = {}): Strike =>
  typeof what === 'number' ? { on, kind: 'status', status: what, ...more } : { on, kind: what, ...more };

/** Each try was paid, or may have been. */
const paid = (...outcomes: ChargeOutcome[]): Standing => ({ attempts: outcomes.length, outcomes });

/** Goes on by itself, with one paid try. */
const goesOn = (name: string, strikes: Strike[], more: Partial<Row> = {}): Row => ({
  ...{ name, strikes, blocked: null, end: paid('kept') },
  ...more,
});

/** A person has to mend it; nothing was paid by then, and one try is in the end. */
const blocks = (
  name: string,
  strikes: Strike[],
  [type, message]: Why,
  { standing = paid(), request = false, ...more }: Partial<Row & NonNullable<Scenario['blocked']>> = {},
): Row => ({
  ...{ name, strikes, blocked: { type, message, request, standing }, end: paid('kept') },
  ...more,
});

/** The step's job is dead, with what it cost: a person has another one made. */
const needsAnotherJob = (name: string, strikes: Strike[], why: Why, ...outcomes: ChargeOutcome[]): Row =>
  blocks(name, strikes, why, {
    ...{ standing: { attempts: 1, outcomes }, request: true },
    ...{ end: { attempts: 2, outcomes: [...outcomes, 'kept'] }, jobs: 2 },
  });

const signIn = (call: string): Why => ['Provider.Authentication', new RegExp(`^fal: ${call}: No user found`)];
const noMedia: Why = ['Provider.JobFailed', /^fal: result: No media was generated/];

const ADOPTED = /^the submit had no answer; its job was found and taken over$/;
const NOT_FOUND =
  /; looked for in fal's history from 20\S+Z until 20\S+Z, and not listed: .*; resume looks once more before it pays for another$/;
const FLAGGED = { detail: [{ loc: ['body', 'prompt'], msg: 'Flagged.', type: 'content_policy_violation' }] };
const LOCKED = { detail: 'User is locked. Reason: Admin lock. Please contact support@fal.ai' };
const WEB_PAGE = '<html><title>503 Away</title></html>';
const lost = { standing: paid('lost'), end: paid('lost', 'kept') };

const SUBMIT: Row[] = [
  goesOn('429 with Retry-After', [at('submit', 429, { retryAfter: 1 })], { waits: [1_000] }),
  goesOn('429 without Retry-After', [at('submit', 429)], { waits: [2_000] }),
  blocks(
    'an exhausted balance',
    [at('submit', 403)],
    ['Provider.QuotaUsedUp', /^fal: submit: User is locked.*Exhausted/],
  ),
  blocks('a locked account', [at('submit', 403, { body: LOCKED })], ['Provider.Forbidden', /Admin lock/]),
  blocks('401', [at('submit', 401)], signIn('submit')),
  blocks(
    'content policy',
    [at('submit', 422, { body: FLAGGED })],
    ['Provider.ContentPolicy', /^fal: submit: Flagged\.$/],
  ),
  blocks('an unknown endpoint', [at('submit', 404)], ['Provider.UnknownModel', /^fal: submit: Not Found$/]),
  goesOn('500, accepted all the same', [at('submit', 500, { accepted: true })], { note: ADOPTED }),
  goesOn('dropped after it is accepted', [at('submit', 'drop-after')], { note: ADOPTED }),
  blocks(
    "503 with a proxy's web page",
    [at('submit', 503, { body: WEB_PAGE })],
    [
      'Provider.UnknownOutcome',
      /^fal: submit: HTTP 503: a web page, “503 Away”; looked for in fal's history/,
    ],
    lost,
  ),
  blocks(
    'dropped before it is accepted',
    [at('submit', 'drop-before')],
    ['Provider.UnknownOutcome', NOT_FOUND],
    lost,
  ),
  goesOn(
    'dropped, while the history is down',
    [at('submit', 'drop-after'), at('history', 500), at('history', 'drop-before')],
    { model: 'fal-ai/flux-pro/v1.1', retried: { type: 'Provider.LostReply' }, note: ADOPTED },
  ),
  blocks(
    'dropped, while the key may not read the history',
    [at('submit', 'drop-after'), at('history', 403)],
    ['Provider.Forbidden', /^fal: platform API: /],
    { model: 'fal-ai/flux/dev', standing: { ...paid(), attempts: 1 }, note: ADOPTED },
  ),
];

const tried = { standing: { attempts: 1, outcomes: [] } };

const JOB: Row[] = [
  goesOn('a status of 500', [at('status', 500)]),
  goesOn('a status that is dropped', [at('status', 'drop-before')]),
  goesOn('a status of 404 at first', [at('status', 404)]),
  blocks('a status of 401', [at('status', 401)], signIn('status'), tried),
  needsAnotherJob(
    'completed, but flagged by a content checker',
    [at('status', 'completed-error')],
    ['Provider.ContentPolicy', /^fal: result: The content could not be processed/],
  ),
  needsAnotherJob(
    'completed, but failed',
    [at('result', 'completed-error', { code: 'no_media_generated' })],
    noMedia,
  ),
  needsAnotherJob(
    'completed, but failed and billed',
    [at('result', 'completed-error', { code: 'no_media_generated', accepted: true })],
    noMedia,
    'failed',
  ),
  needsAnotherJob(
    'a picture that the safety filter blanked',
    [at('result', 'flagged')],
    ['Provider.ContentPolicy', /the safety filter blanked the picture$/],
    'refused',
  ),
  goesOn('a result of 500', [at('result', 500)], {
    retried: { type: 'Provider.ServerError', message: /^fal: result: / },
  }),
  goesOn('a result of 503', [at('result', 503)]),
  blocks('a result of 401', [at('result', 401)], signIn('result'), tried),
];

const FILE: Row[] = [
  blocks(
    'nothing but web pages instead of a picture',
    [at('download', 'html', { times: 6 })],
    ['Asset.Refused', /^the file is HTML, not a picture/],
    { standing: paid('failed'), request: true },
  ),
  goesOn('a file not there yet', [at('download', 404, { times: 2 })]),
  goesOn('a download of 500', [at('download', 500)]),
  goesOn('a download that is dropped', [at('download', 'drop-before')]),
  goesOn('a web page instead of a picture', [at('download', 'html')]),
  goesOn('a picture cut off', [at('download', 'cut')]),
  // Asked for when it is ordered, and when it has come.
  goesOn('no price from fal', [at('pricing', 500, { times: 2 })], { model: 'fal-ai/nano-banana-2' }),
];

/** Every fault of a picture, at the hero image; the longest first, so that the others pass it by. */
export const heroScenarios: readonly Scenario[] = [...FILE, ...SUBMIT, ...JOB].map((row) => ({
  ...row,
  step: 'hero_image',
}));

const KLING = 'fal-ai/kling-video/v2.5-turbo/pro/image-to-video';

/** What a clip adds: the upload of its frame, and a price that nobody knows. */
export const clipScenarios: readonly Scenario[] = [
  goesOn('an upload of 500', [at('upload', 500)], {
    retried: { type: 'Provider.ServerError', message: /^fal: upload: / },
  }),
  goesOn('an upload that is dropped', [at('upload', 'drop-before')], { model: KLING }),
  blocks('an upload of 401', [at('upload', 401)], signIn('upload'), {
    model: 'fal-ai/ltx-2.3/image-to-video',
  }),
  {
    ...needsAnotherJob(
      'a frame that has expired',
      [at('result', 'completed-error', { code: 'file_download_error' })],
      ['Provider.JobFailed', /^fal: result: Failed to download the file/],
    ),
    model: 'fal-ai/kling-video/v3/standard/image-to-video',
  },
  goesOn('a clip cut off', [at('download', 'cut')], { model: KLING }),
  goesOn('no price from fal, and none in the table', [at('pricing', 'drop-before', { times: 2 })], {
    ...{ model: 'fal-ai/ltx-2.3/text-to-video', unpriced: true },
  }),
].map((row) => ({ ...row, step: 'video' }));

const BAD_GATEWAY = '<html><title>502 Bad Gateway</title></html>';
const WRONG_KEY = {
  message: 'Incorrect API key provided: sk-walk0123456789abcdef.',
  code: 'invalid_api_key',
};
const VIOLATION = {
  message: 'Flagged as a violation of our usage policy.',
  code: 'content_policy_violation',
};

const text = (what: FaultKind | number, more: Partial<Strike> = {}): Strike => at('openai', what, more);

/** Blocks at once, unpaid, and is asked once after a person has mended it. */
const textBlocks = (name: string, strike: Strike, why: Why): Row =>
  blocks(name, [strike], why, { request: true });

/** Paid for and asked again, `outcomes` before the one that is kept. */
const asksAgain = (name: string, strike: Strike, ...outcomes: ChargeOutcome[]): Row =>
  goesOn(name, [strike], { end: paid(...outcomes, 'kept') });

/** Three answers that can't be used. */
const givesUp = (name: string, strikes: Strike[], message: RegExp, outcomes: ChargeOutcome[]): Row =>
  blocks(name, strikes, ['Output.NotUsable', message], {
    ...{ standing: paid(...outcomes), end: paid(...outcomes, 'kept') },
  });

/** Every fault of a paid text, at the plan and at the draft. */
export const textScenarios = (step: 'plan' | 'draft'): Scenario[] =>
  [
    goesOn('429 with Retry-After', [text(429, { retryAfter: 1 })], { waits: [1_000] }),
    goesOn('429 without Retry-After', [text(429)], { waits: [2_000] }),
    goesOn('503 with Retry-After', [text(503, { retryAfter: 1 })], { waits: [1_000] }),
    goesOn("502 with a proxy's web page", [text(502, { body: BAD_GATEWAY })], { waits: [2_000] }),
    textBlocks('a quota that is used up', text(429, { code: 'insufficient_quota', retryAfter: 1 }), [
      'Provider.QuotaUsedUp',
      /^\S+: 429 You exceeded your current quota/,
    ]),
    textBlocks('401', text(401, { body: { error: WRONG_KEY } }), [
      'Provider.Authentication',
      /^\S+: 401 Incorrect API key provided: \[key\]\.$/,
    ]),
    textBlocks('content policy', text(400, { body: { error: VIOLATION } }), [
      'Provider.ContentPolicy',
      /^\S+: 400 Flagged as a violation/,
    ]),
    textBlocks('an unknown model', text(404), [
      'Provider.UnknownModel',
      /^\S+: 404 The model does not exist/,
    ]),
    asksAgain('dropped before it is accepted', text('drop-before'), 'lost'),
    { ...asksAgain('dropped after it is accepted', text('drop-after'), 'lost'), lostBills: 1 },
    {
      ...givesUp(
        'dropped three times',
        [text('drop-after', { times: 3 })],
        /^3 paid answers could not be used: 1\. the answer was lost.*; 3\. the answer was lost/,
        ['lost', 'lost', 'lost'],
      ),
      lostBills: 3,
    },
    asksAgain('a refusal', text('refusal'), 'refused'),
    asksAgain('an answer cut off', text('truncated'), 'truncated'),
    asksAgain('an answer that is no JSON', text('malformed'), 'malformed'),
    asksAgain('an answer off the rules', text(step === 'plan' ? 'off-mix' : 'off-style'), 'rule_broken'),
    givesUp(
      'three answers that can not be used',
      [text('malformed'), text('truncated'), text('refusal')],
      /^3 paid answers could not be used: 1\. malformed: .*; 2\. truncated: .*; 3\. refused: /,
      ['malformed', 'truncated', 'refused'],
    ),
  ].map((row) => ({ ...row, step }));
