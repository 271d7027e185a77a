import type { ChargeOutcome } from '../../contract/money/charge.js';
import { goesOn, type Scenario, type Strike } from './scenario.js';

type TextStep = 'plan' | 'draft';

const unpaid = { attempts: 0, outcomes: [] } as const;
const once = { attempts: 1, outcomes: ['kept'] } as const;

/** Blocks at once, unpaid, and is asked once after a person has mended it. */
const blocks = (type: string, message: RegExp): Pick<Scenario, 'blocked' | 'end'> => ({
  blocked: { type, message, request: true, standing: unpaid },
  end: once,
});

/** Paid for and asked again, `outcomes` before the one that is kept. */
const asksAgain = (...outcomes: ChargeOutcome[]): Pick<Scenario, 'blocked' | 'end'> => ({
  blocked: null,
  end: { attempts: outcomes.length + 1, outcomes: [...outcomes, 'kept'] },
});

/** Three answers that can't be used. */
const givesUp = (message: RegExp, ...outcomes: ChargeOutcome[]): Pick<Scenario, 'blocked' | 'end'> => ({
  blocked: {
    type: 'Output.NotUsable',
    message,
    request: false,
    standing: { attempts: outcomes.length, outcomes },
  },
  end: { attempts: outcomes.length + 1, outcomes: [...outcomes, 'kept'] },
});

const openai = (kind: Strike['kind'], rest: Omit<Strike, 'on' | 'kind'> = {}): Strike => ({
  on: 'openai',
  kind,
  ...rest,
});
const WRONG_KEY = {
  message: 'Incorrect API key provided: sk-walk0123456789abcdef.',
  code: 'invalid_api_key',
};
const FLAGGED = { message: 'Flagged as a violation of our usage policy.', code: 'content_policy_violation' };

/** Every fault of a paid text, at the plan and at the draft. */
export const textScenarios = (step: TextStep): Scenario[] => {
  const broken = openai(step === 'plan' ? 'off-mix' : 'off-style');
  const all: Omit<Scenario, 'step'>[] = [
    {
      name: '429 with Retry-After',
      strikes: [openai('status', { status: 429, retryAfter: 1 })],
      waits: [1_000],
      ...goesOn,
    },
    {
      name: '429 without Retry-After',
      strikes: [openai('status', { status: 429 })],
      waits: [2_000],
      ...goesOn,
    },
    {
      name: '503 with Retry-After',
      strikes: [openai('status', { status: 503, retryAfter: 1 })],
      waits: [1_000],
      ...goesOn,
    },
    {
      name: "502 with a proxy's web page",
      strikes: [openai('status', { status: 502, body: '<html><title>502 Bad Gateway</title></html>' })],
      waits: [2_000],
      ...goesOn,
    },
    {
      name: 'a quota that is used up',
      strikes: [openai('status', { status: 429, code: 'insufficient_quota', retryAfter: 1 })],
      ...blocks('Provider.QuotaUsedUp', /^\S+: 429 You exceeded your current quota/),
    },
    {
      name: '401',
      strikes: [openai('status', { status: 401, body: { error: WRONG_KEY } })],
      ...blocks('Provider.Authentication', /^\S+: 401 Incorrect API key provided: \[key\]\.$/),
    },
    {
      name: 'content policy',
      strikes: [openai('status', { status: 400, body: { error: FLAGGED } })],
      ...blocks('Provider.ContentPolicy', /^\S+: 400 Flagged as a violation/),
    },
    {
      name: 'an unknown model',
      strikes: [openai('status', { status: 404 })],
      ...blocks('Provider.UnknownModel', /^\S+: 404 The model does not exist/),
    },
    { name: 'dropped before it is accepted', strikes: [openai('drop-before')], ...asksAgain('lost') },
    {
      name: 'dropped after it is accepted',
      strikes: [openai('drop-after')],
      ...asksAgain('lost'),
      lostBills: 1,
    },
    {
      name: 'dropped three times',
      strikes: [openai('drop-after', { times: 3 })],
      ...givesUp(
        /^3 paid answers could not be used: 1\. the answer was lost.*; 3\. the answer was lost/,
        'lost',
        'lost',
        'lost',
      ),
      lostBills: 3,
    },
    { name: 'a refusal', strikes: [openai('refusal')], ...asksAgain('refused') },
    { name: 'an answer cut off', strikes: [openai('truncated')], ...asksAgain('truncated') },
    { name: 'an answer that is no JSON', strikes: [openai('malformed')], ...asksAgain('malformed') },
    { name: 'an answer off the rules', strikes: [broken], ...asksAgain('rule_broken') },
    {
      name: 'three answers that can not be used',
      strikes: [openai('malformed'), openai('truncated'), openai('refusal')],
      ...givesUp(
        /^3 paid answers could not be used: 1\. malformed: .*; 2\. truncated: .*; 3\. refused: /,
        'malformed',
        'truncated',
        'refused',
      ),
    },
  ];
  return all.map((scenario) => ({ ...scenario, step }));
};
