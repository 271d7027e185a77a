import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { knownNano, unknownNano } from '../contract/charge.js';
import { OpenAiText } from '../services/text/openai.js';
import { askOnce, type PaidQuestion, type TextAttempt } from './paid-text.js';
import { closedUrl, json } from './testing/recorder.js';
import { openStage, surroundings, type Stage, type Surroundings } from './testing/stage.js';

interface Headline {
  readonly title: string;
}

const paid: PaidQuestion<Headline> = {
  step: 'draft',
  keyBase: 'post/UpkTZ26nc9Eb/draft/r1/1',
  model: 'gpt-6-luna',
  name: 'headline',
  schema: z.object({ title: z.string().describe('Title: at most 60 characters') }),
  instructions: 'You write headlines.',
  input: 'Topic: harbor clocks',
  maxOutputTokens: 500,
  usualOutput: 1_000,
  prompt: 'headline@1',
  problem: () => null,
};

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
beforeEach(() => stage.reset());
afterAll(() => stage.close(), 60_000);

const ask = (
  change: Partial<PaidQuestion<Headline>> = {},
  around: Surroundings = surroundings(),
  services = stage.services(),
): Promise<TextAttempt<Headline>> => around.run(() => askOnce(services, { ...paid, ...change }));

describe('an answer that can be kept', () => {
  it('comes with the charge of exactly what was billed', async () => {
    const attempt = await ask();
    const [bill] = await stage.bill();
    expect(attempt).toMatchObject({
      value: { title: expect.stringMatching(/\S/) as string },
      reason: null,
      lost: false,
      provider: 'openai',
      model: 'gpt-6-luna',
      prompt: 'headline@1',
      offline: true,
      seconds: expect.any(Number) as number,
    });
    expect(attempt.charges).toEqual([
      {
        key: 'post/UpkTZ26nc9Eb/draft/r1/1/1',
        step: 'draft',
        provider: 'openai',
        model: 'gpt-6-luna',
        quantity: `${bill?.usage?.input} in (0 cached, 0 written), ${bill?.usage?.output} out tokens`,
        unitPrice: '0.1 in, 0.01 cached, 0.5 out USD per million tokens',
        amount: bill?.amountNano,
        basis: 'priced',
        outcome: 'kept',
        requestId: bill?.requestId,
        prompt: 'headline@1',
        offline: true,
        at: attempt.at,
      },
    ]);
  });

  it('pays less for what was read from the cache', async () => {
    const long = { instructions: 'The style guide, at length. '.repeat(300) };
    await ask(long);
    const { charges } = await ask(long);
    const [, bill] = await stage.bill();
    expect(bill?.usage?.cached).toBeGreaterThan(1_000);
    expect(charges[0]).toMatchObject({ amount: bill?.amountNano, basis: 'priced' });
  });
});

describe('an answer that can not be kept', () => {
  it.each([
    ['refusal', 'refused'],
    ['truncated', 'truncated'],
    ['malformed', 'malformed'],
  ] as const)('by %s is charged like any other, and says why', async (kind, outcome) => {
    stage.control.fail({ on: 'openai', kind });
    const attempt = await ask();
    const [bill] = await stage.bill();
    expect(attempt).toMatchObject({ value: null, lost: false, model: 'gpt-6-luna' });
    expect(attempt.reason).toMatch(new RegExp(`^${outcome}: \\S`));
    expect(attempt.charges).toMatchObject([
      { outcome, basis: 'priced', amount: bill?.amountNano, requestId: bill?.requestId },
    ]);
  });

  it('as it breaks a rule says which', async () => {
    const attempt = await ask({ problem: ({ title }) => `the title "${title}" has no verb` });
    expect(attempt).toMatchObject({ value: null, reason: expect.stringContaining('has no verb') as string });
    const [bill] = await stage.bill();
    expect(attempt.charges).toMatchObject([{ outcome: 'rule_broken', amount: bill?.amountNano }]);
  });

  it('as the model failed is charged by its usage', async () => {
    stage.recorder.play('/responses', () =>
      json(response({ status: 'failed', error: { code: 'server_error', message: 'It broke.' } })),
    );
    const attempt = await ask();
    expect(attempt.reason).toBe('failed: It broke.');
    // 1,000 in at 0.1 and 50 out at 0.5 USD per million
    expect(attempt.charges).toMatchObject([{ outcome: 'failed', basis: 'priced', amount: 125_000 }]);
  });
});

describe('what can not be priced', () => {
  it('is unknown, never 0: a model that no price list has', async () => {
    stage.recorder.play('/responses', () => json(response({ model: 'llama-3' })));
    const { value, charges } = await ask({ model: 'llama-3' });
    expect(value).not.toBeNull();
    // The usage at the dearest prices we know: 1,000 in at 10 and 50 out at 50 USD per million.
    expect(charges).toMatchObject([
      { model: 'llama-3', basis: 'unknown', outcome: 'kept', amount: 12_500_000 },
    ]);
    expect(knownNano(charges)).toBe(0);
  });

  it('is unknown where a server tells no usage', async () => {
    stage.recorder.play('/responses', () => json(response({ usage: undefined })));
    const { charges } = await ask();
    expect(charges).toMatchObject([{ basis: 'unknown', outcome: 'kept', quantity: null }]);
    expect(unknownNano(charges)).toBeGreaterThan(0);
  });

  it('has the price of the model asked for where a server answers with a name of its own', async () => {
    stage.recorder.play('/responses', () => json(response({ model: 'my-luna' })));
    const { charges } = await ask();
    expect(charges).toMatchObject([{ model: 'my-luna', basis: 'priced', amount: 125_000 }]);
  });

  it.each([
    ['gpt-6-luna-2026-09-01', 'default', 125_000],
    ['gpt-6-luna', 'flex', 62_500],
    ['gpt-6-luna', 'priority', 250_000],
  ])('is not %s at tier %s', async (model, tier, amount) => {
    stage.recorder.play('/responses', () => json(response({ model, service_tier: tier })));
    expect((await ask()).charges).toMatchObject([{ model, basis: 'priced', amount }]);
  });
});

describe('a lost answer', () => {
  it.each(['drop-before', 'drop-after'] as const)(
    'by %s is one unknown charge with its estimate',
    async (kind) => {
      stage.control.fail({ on: 'openai', kind });
      const attempt = await ask();
      expect(attempt).toMatchObject({
        value: null,
        lost: true,
        reason: expect.stringMatching(/^the answer was lost: openai: no answer: /) as string,
      });
      // 10 tokens of prompt at 0.1 and the usual 1,000 out at 0.5 USD per million.
      expect(attempt.charges).toMatchObject([
        { basis: 'unknown', outcome: 'lost', amount: 501_000, quantity: null, requestId: null },
      ]);
      expect(stage.recorder.sent('POST', '/responses')).toHaveLength(1);
    },
  );
});

describe('an attempt that died with its worker', () => {
  it('leaves an unknown charge beside that of the answer, each with its own key', async () => {
    const around = surroundings({ attempt: 2, heartbeatDetails: { lost: [], asking: 1 } });
    const { value, charges } = await ask({}, around);
    expect(value).not.toBeNull();
    expect(charges).toMatchObject([
      { key: `${paid.keyBase}/1`, basis: 'unknown', outcome: 'lost', amount: 501_000 },
      { key: `${paid.keyBase}/2`, basis: 'priced', outcome: 'kept' },
    ]);
    expect(around.heartbeats).toEqual([{ lost: [1], asking: 2 }]);
    const [call] = stage.recorder.sent('POST', '/responses');
    expect(call?.headers['x-client-request-id']).toBe(`${paid.keyBase}/2`);
  });

  it('is not forgotten by one that dies after it', async () => {
    const around = surroundings({ attempt: 3, heartbeatDetails: { lost: [1], asking: 2 } });
    stage.control.fail({ on: 'openai', kind: 'drop-after' });
    const { charges } = await ask({}, around);
    expect(charges.map(({ key, outcome }) => [key, outcome])).toEqual([
      [`${paid.keyBase}/1`, 'lost'],
      [`${paid.keyBase}/2`, 'lost'],
      [`${paid.keyBase}/3`, 'lost'],
    ]);
  });

  it('leaves nothing when it was answered with an error', async () => {
    const around = surroundings({ attempt: 2, heartbeatDetails: { lost: [], asking: null } });
    expect((await ask({}, around)).charges).toHaveLength(1);
  });
});

describe('a call that was not answered', () => {
  const failure = (around = surroundings(), services = stage.services()): Promise<ApplicationFailure> =>
    ask({}, around, services).then(
      () => expect.fail('answered'),
      (error: ApplicationFailure) => error,
    );

  it('is thrown for Temporal to retry after the wait that was asked for, and costs nothing', async () => {
    stage.control.fail({ on: 'openai', kind: 'status', status: 429, retryAfter: 7 });
    const around = surroundings({ attempt: 2, heartbeatDetails: { lost: [], asking: 1 } });
    expect(await failure(around)).toMatchObject({
      type: 'Provider.RateLimited',
      nonRetryable: false,
      nextRetryDelay: 7_000,
    });
    // What the next attempt finds: the first was lost, this one was not.
    expect(around.heartbeats.at(-1)).toEqual({ lost: [1], asking: null });
    expect(await stage.bill()).toEqual([]);
  });

  it.each([
    [{ status: 500 }, 'Provider.ServerError', false],
    [{ status: 429, code: 'insufficient_quota' }, 'Provider.QuotaUsedUp', true],
    [{ status: 401 }, 'Provider.Authentication', true],
    [{ status: 404 }, 'Provider.UnknownModel', true],
  ])('%j is %s', async (fault, type, nonRetryable) => {
    stage.control.fail({ on: 'openai', kind: 'status', ...fault });
    const error = await failure();
    expect(error).toBeInstanceOf(ApplicationFailure);
    expect(error).toMatchObject({ type, nonRetryable });
    expect(error.details).toEqual([{ requestId: expect.stringMatching(/^req_/) as string }]);
  });

  it('is retried when the port is closed', async () => {
    const settings = { apiKey: 'sample', api: 'responses', offline: true } as const;
    const text = new OpenAiText({ ...settings, baseUrl: `${await closedUrl()}/v1` });
    expect(await failure(surroundings(), stage.services({ text }))).toMatchObject({
      type: 'Provider.Unreachable',
      nonRetryable: false,
    });
  });
});

const response = (change: object): object => ({
  object: 'response',
  status: 'completed',
  model: 'gpt-6-luna',
  service_tier: 'default',
  output: [
    {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: '{"title":"Two times on one clock"}' }],
    },
  ],
  usage: { input_tokens: 1_000, output_tokens: 50 },
  ...change,
});
