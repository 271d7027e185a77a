import type { ChargeOutcome } from '../../contract/money/charge.js';
import type { FaultPoint } from '../../offline/stand-ins.js';
import { goesOn, type Scenario, type Strike } from './scenario.js';

const strike = (on: FaultPoint, kind: Strike['kind'], rest: Omit<Strike, 'on' | 'kind'> = {}): Strike => ({
  on,
  kind,
  ...rest,
});
const status = (on: FaultPoint, code: number, rest: Omit<Strike, 'on' | 'kind'> = {}): Strike =>
  strike(on, 'status', { status: code, ...rest });

/** A person has to mend it: `tried` is what stands by then, and `end` what after `resume`. */
const blocks = (
  type: string,
  message: RegExp,
  tried: { request?: boolean; attempts: number; outcomes?: ChargeOutcome[] },
  end: Scenario['end'],
): Pick<Scenario, 'blocked' | 'end'> => ({
  blocked: {
    type,
    message,
    request: tried.request ?? false,
    standing: { attempts: tried.attempts, outcomes: tried.outcomes ?? [] },
  },
  end,
});
const paidOnce = (attempts: number): Scenario['end'] => ({ attempts, outcomes: ['kept'] });

const ADOPTED = /^the submit had no answer; its job was found and taken over$/;
const NOT_FOUND =
  /; looked for in fal's history from 20\S+Z until 20\S+Z, and not listed: .*; resume looks once more before it pays for another$/;
const FLAGGED = { detail: [{ loc: ['body', 'prompt'], msg: 'Flagged.', type: 'content_policy_violation' }] };
const LOCKED = { detail: 'User is locked. Reason: Admin lock. Please contact support@fal.ai' };

type Hero = Omit<Scenario, 'step'>;

const SUBMIT: Hero[] = [
  {
    name: '429 with Retry-After',
    strikes: [status('submit', 429, { retryAfter: 1 })],
    waits: [1_000],
    ...goesOn,
  },
  { name: '429 without Retry-After', strikes: [status('submit', 429)], waits: [2_000], ...goesOn },
  {
    name: 'an exhausted balance',
    strikes: [status('submit', 403)],
    ...blocks(
      'Provider.QuotaUsedUp',
      /^fal: submit: User is locked.*Exhausted/,
      { attempts: 0 },
      paidOnce(1),
    ),
  },
  {
    name: 'a locked account',
    strikes: [status('submit', 403, { body: LOCKED })],
    ...blocks('Provider.Forbidden', /Admin lock/, { attempts: 0 }, paidOnce(1)),
  },
  {
    name: '401',
    strikes: [status('submit', 401)],
    ...blocks('Provider.Authentication', /^fal: submit: No user found/, { attempts: 0 }, paidOnce(1)),
  },
  {
    name: 'content policy',
    strikes: [status('submit', 422, { body: FLAGGED })],
    ...blocks('Provider.ContentPolicy', /^fal: submit: Flagged\.$/, { attempts: 0 }, paidOnce(1)),
  },
  {
    name: 'an unknown endpoint',
    strikes: [status('submit', 404)],
    ...blocks('Provider.UnknownModel', /^fal: submit: Not Found$/, { attempts: 0 }, paidOnce(1)),
  },
  {
    name: '500, accepted all the same',
    strikes: [status('submit', 500, { accepted: true })],
    ...goesOn,
    note: ADOPTED,
  },
  {
    name: 'dropped after it is accepted',
    strikes: [strike('submit', 'drop-after')],
    ...goesOn,
    note: ADOPTED,
  },
  {
    name: "503 with a proxy's web page",
    strikes: [status('submit', 503, { body: '<html><title>503 Away</title></html>' })],
    ...blocks(
      'Provider.UnknownOutcome',
      /^fal: submit: HTTP 503: a web page, “503 Away”; looked for in fal's history/,
      { attempts: 1, outcomes: ['lost'] },
      { attempts: 2, outcomes: ['lost', 'kept'] },
    ),
  },
  {
    name: 'dropped before it is accepted',
    strikes: [strike('submit', 'drop-before')],
    ...blocks(
      'Provider.UnknownOutcome',
      NOT_FOUND,
      { attempts: 1, outcomes: ['lost'] },
      { attempts: 2, outcomes: ['lost', 'kept'] },
    ),
  },
  {
    name: 'dropped, while the history is down',
    model: 'fal-ai/flux-pro/v1.1',
    strikes: [strike('submit', 'drop-after'), status('history', 500), strike('history', 'drop-before')],
    retried: { type: 'Provider.LostReply' },
    ...goesOn,
    note: ADOPTED,
  },
  {
    name: 'dropped, while the key may not read the history',
    model: 'fal-ai/flux/dev',
    strikes: [strike('submit', 'drop-after'), status('history', 403)],
    ...blocks('Provider.Forbidden', /^fal: platform API: /, { attempts: 1 }, paidOnce(1)),
    note: ADOPTED,
  },
];

const JOB: Hero[] = [
  { name: 'a status of 500', strikes: [status('status', 500)], ...goesOn },
  { name: 'a status that is dropped', strikes: [strike('status', 'drop-before')], ...goesOn },
  { name: 'a status of 404 at first', strikes: [status('status', 404)], ...goesOn },
  {
    name: 'a status of 401',
    strikes: [status('status', 401)],
    ...blocks('Provider.Authentication', /^fal: status: No user found/, { attempts: 1 }, paidOnce(1)),
  },
  {
    name: 'completed, but flagged by a content checker',
    strikes: [strike('status', 'completed-error')],
    ...blocks(
      'Provider.ContentPolicy',
      /^fal: result: The content could not be processed/,
      { attempts: 1, request: true },
      paidOnce(2),
    ),
    jobs: 2,
  },
  {
    name: 'completed, but failed',
    strikes: [strike('result', 'completed-error', { code: 'no_media_generated' })],
    ...blocks(
      'Provider.JobFailed',
      /^fal: result: No media was generated/,
      { attempts: 1, request: true },
      paidOnce(2),
    ),
    jobs: 2,
  },
  {
    name: 'completed, but failed and billed',
    strikes: [strike('result', 'completed-error', { code: 'no_media_generated', accepted: true })],
    ...blocks(
      'Provider.JobFailed',
      /^fal: result: No media was generated/,
      { attempts: 1, outcomes: ['failed'], request: true },
      { attempts: 2, outcomes: ['failed', 'kept'] },
    ),
    jobs: 2,
  },
  {
    name: 'a picture that the safety filter blanked',
    strikes: [strike('result', 'flagged')],
    ...blocks(
      'Provider.ContentPolicy',
      /the safety filter blanked the picture$/,
      { attempts: 1, outcomes: ['refused'], request: true },
      { attempts: 2, outcomes: ['refused', 'kept'] },
    ),
    jobs: 2,
  },
  {
    name: 'a result of 500',
    strikes: [status('result', 500)],
    retried: { type: 'Provider.ServerError', message: /^fal: result: / },
    ...goesOn,
  },
  { name: 'a result of 503', strikes: [status('result', 503)], ...goesOn },
  {
    name: 'a result of 401',
    strikes: [status('result', 401)],
    ...blocks('Provider.Authentication', /^fal: result: No user found/, { attempts: 1 }, paidOnce(1)),
  },
];

const FILE: Hero[] = [
  {
    name: 'nothing but web pages instead of a picture',
    strikes: [strike('download', 'html', { times: 6 })],
    ...blocks(
      'Asset.Refused',
      /^the file is HTML, not a picture/,
      { attempts: 1, outcomes: ['failed'], request: true },
      paidOnce(1),
    ),
  },
  { name: 'a file not there yet', strikes: [status('download', 404, { times: 2 })], ...goesOn },
  { name: 'a download of 500', strikes: [status('download', 500)], ...goesOn },
  { name: 'a download that is dropped', strikes: [strike('download', 'drop-before')], ...goesOn },
  { name: 'a web page instead of a picture', strikes: [strike('download', 'html')], ...goesOn },
  { name: 'a picture cut off', strikes: [strike('download', 'cut')], ...goesOn },
  {
    name: 'no price from fal',
    model: 'fal-ai/nano-banana-2',
    // Asked for when it is ordered, and when it has come.
    strikes: [status('pricing', 500, { times: 2 })],
    ...goesOn,
  },
];

/** Every fault of a picture, at the hero image; the longest first, so that the others pass it by. */
export const heroScenarios: readonly Scenario[] = [...FILE, ...SUBMIT, ...JOB].map((scenario) => ({
  ...scenario,
  step: 'hero_image',
}));

/** What a clip adds: the upload of its frame, and a price that nobody knows. */
export const clipScenarios: readonly Scenario[] = (
  [
    {
      name: 'an upload of 500',
      strikes: [status('upload', 500)],
      retried: { type: 'Provider.ServerError', message: /^fal: upload: / },
      ...goesOn,
    },
    {
      name: 'an upload that is dropped',
      model: 'fal-ai/kling-video/v2.5-turbo/pro/image-to-video',
      strikes: [strike('upload', 'drop-before')],
      ...goesOn,
    },
    {
      name: 'an upload of 401',
      model: 'fal-ai/ltx-2.3/image-to-video',
      strikes: [status('upload', 401)],
      ...blocks('Provider.Authentication', /^fal: upload: No user found/, { attempts: 0 }, paidOnce(1)),
    },
    {
      name: 'a frame that has expired',
      model: 'fal-ai/kling-video/v3/standard/image-to-video',
      strikes: [strike('result', 'completed-error', { code: 'file_download_error' })],
      ...blocks(
        'Provider.JobFailed',
        /^fal: result: Failed to download the file/,
        { attempts: 1, request: true },
        paidOnce(2),
      ),
      jobs: 2,
    },
    {
      name: 'a clip cut off',
      model: 'fal-ai/kling-video/v2.5-turbo/pro/image-to-video',
      strikes: [strike('download', 'cut')],
      ...goesOn,
    },
    {
      name: 'no price from fal, and none in the table',
      model: 'fal-ai/ltx-2.3/text-to-video',
      strikes: [strike('pricing', 'drop-before', { times: 2 })],
      ...goesOn,
      unpriced: true,
    },
  ] satisfies Hero[]
).map((scenario) => ({ ...scenario, step: 'video' }));
