import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { knownNano, unknownNano, type Charge } from '../contract/charge.js';
import type { Archive } from '../services/archive/archive.js';
import { OpenAiText } from '../services/text/openai.js';
import type { Trace } from './lost-attempts.js';
import { askOnce, type PaidQuestion, type TextAttempt } from './paid-text.js';
import type { Spend } from '../contract/spend.js';
import { closedUrl, json } from './testing/recorder.js';
import { spend } from './testing/samples.js';
import { until } from '../test/until.js';
import { openStage, surroundings, type Stage, type Surroundings } from './testing/stage.js';

interface Headline {
  readonly title: string;
}

let questions = 0;

const paid: PaidQuestion<Headline> = {
  step: 'draft',
  spend,
  keyBase: '',
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
// A question of its own for each test: the archive keeps the first charge of a key.
let keyBase: string;
beforeEach(async () => {
  keyBase = `post/UpkTZ26nc9Eb/draft/r1/${(questions += 1)}`;
  await stage.reset();
});
afterAll(() => stage.close(), 60_000);

const ask = (
  change: Partial<PaidQuestion<Headline>> = {},
  around: Surroundings = surroundings(),
  services = stage.services(),
): Promise<TextAttempt<Headline>> => around.run(() => askOnce(services, { ...paid, keyBase, ...change }));

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
        key: `${keyBase}/1`,
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
        at: expect.any(String) as string,
      },
    ]);
  });

  it('pays less for what was read from the cache', async () => {
    const long = { instructions: 'The style guide, at length. '.repeat(300) };
    await ask(long);
    const { charges } = await ask({ ...long, keyBase: `${keyBase}/again` });
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
  const lostAt = (attempt: number) => ({ key: `${keyBase}/${attempt}`, basis: 'unknown', outcome: 'lost' });
  /** What an attempt leaves that dies while the provider is at work. */
  async function died(attempt: number, before?: unknown): Promise<Trace> {
    stage.control.fail({ on: 'openai', kind: 'drop-after' });
    const around = surroundings({ attempt, heartbeatDetails: before });
    const asked = around.run(() => askOnce(stage.services(), { ...paid, keyBase }));
    await until(
      () => Promise.resolve(around.heartbeats.at(-1) as Trace | undefined),
      (trace) => Boolean(trace?.asking),
    );
    const trace = around.heartbeats.at(-1) as Trace;
    await asked;
    return trace;
  }

  it('leaves an unknown charge beside that of the answer, each with its own key', async () => {
    const around = surroundings({ attempt: 2, heartbeatDetails: await died(1) });
    const { value, charges } = await ask({}, around);
    expect(value).not.toBeNull();
    expect(charges).toMatchObject([
      { ...lostAt(1), amount: 501_000 },
      { key: `${keyBase}/2`, basis: 'priced', outcome: 'kept' },
    ]);
    expect(around.heartbeats.at(-1)).toMatchObject({ lost: [lostAt(1)], asking: { key: `${keyBase}/2` } });
    const [, call] = stage.recorder.sent('POST', '/responses');
    expect(call?.headers['x-client-request-id']).toBe(`${keyBase}/2`);
  });

  it('is not forgotten by one that dies after it', async () => {
    const trace = await died(2, await died(1));
    stage.control.fail({ on: 'openai', kind: 'drop-after' });
    const { charges } = await ask({}, surroundings({ attempt: 3, heartbeatDetails: trace }));
    expect(charges).toMatchObject([lostAt(1), lostAt(2), lostAt(3)]);
  });

  it('after its answer had come costs what that cost, not an estimate', async () => {
    await ask();
    const [bill] = await stage.bill();
    // It had settled its charge, and was killed before Temporal heard of it.
    const asking = {
      ...(await stage.archive.charges({ postId: 'UpkTZ26nc9Eb' })).at(-1)!,
      basis: 'unknown',
      amount: 1,
    };
    const { charges } = await ask({}, surroundings({ attempt: 2, heartbeatDetails: { lost: [], asking } }));
    expect(charges).toMatchObject([
      { key: `${keyBase}/1`, basis: 'priced', amount: bill?.amountNano },
      { key: `${keyBase}/2`, basis: 'priced' },
    ]);
  });

  it('is found by what it left in the archive, where its heartbeat never reached Temporal', async () => {
    await ask();
    const [bill] = await stage.bill();
    const { charge } = await stage.archive.found(`${keyBase}/1`);
    expect(charge?.amount).toBe(bill?.amountNano);
    const { payer, limits } = spend;
    await stage.archive.reserve({
      ...{ key: `${keyBase}/2`, payer, limits, amount: 5, offline: true, leaseMs: 60_000 },
    });
    const { charges } = await ask({}, surroundings({ attempt: 3 }));
    expect(charges).toMatchObject([
      { key: `${keyBase}/1`, basis: 'priced', amount: bill?.amountNano },
      lostAt(2),
      { key: `${keyBase}/3`, basis: 'priced', outcome: 'kept' },
    ]);
    expect(await stage.archive.held({ postId: 'UpkTZ26nc9Eb' })).toEqual([]);
  });

  it('leaves nothing when it was answered with an error', async () => {
    const around = surroundings({ attempt: 2, heartbeatDetails: { lost: [], asking: null } });
    expect((await ask({}, around)).charges).toHaveLength(1);
  });
});

describe('a budget', () => {
  const budget = (change: Partial<Spend>): Spend => ({
    ...spend,
    payer: { ...spend.payer, batchId: `Batch${keyBase.replace(/\D/g, '')}` },
    ...change,
  });

  it('that does not hold the expected cost blocks with both figures, before anything is paid', async () => {
    const small = budget({ limits: { batch: 500_999, month: null } });
    await expect(ask({ spend: small })).rejects.toMatchObject({
      type: 'Budget.Exceeded',
      nonRetryable: true,
      message: expect.stringMatching(
        /^the draft is expected to cost \$0\.0005, and \$0\.00 of the batch's budget of \$0\.0005 is spent/,
      ) as string,
    });
    expect(stage.recorder.calls).toEqual([]);
    await ask({ spend: budget({ limits: { batch: 501_000, month: null } }) });
    expect(await stage.archive.held({ postId: 'UpkTZ26nc9Eb' })).toEqual([]);
  });

  it('is given back what a call would have cost that was turned away', async () => {
    stage.control.fail({ on: 'openai', kind: 'status', status: 429 });
    await expect(ask()).rejects.toMatchObject({ type: 'Provider.RateLimited' });
    expect(await stage.archive.held({ postId: 'UpkTZ26nc9Eb' })).toEqual([]);
  });

  it('that asks for a confirmation gets one first', async () => {
    const dear = budget({ confirmOver: 500_999 });
    await expect(ask({ spend: dear })).rejects.toMatchObject({
      type: 'Budget.NeedsConfirmation',
      nonRetryable: true,
    });
    expect(stage.recorder.calls).toEqual([]);
    expect((await ask({ spend: { ...dear, confirmed: true } })).value).not.toBeNull();
    expect(
      (await ask({ spend: budget({ confirmOver: 501_000 }), keyBase: `${keyBase}/b` })).value,
    ).not.toBeNull();
  });
});

it('an archive that is away is waited for before anything is paid, and loses nothing after', async () => {
  const { archive } = stage;
  const gone = () => Promise.reject(new Error('archive can not be reached'));
  const away = (method: 'reserve' | 'settle') => {
    const { reserve, settle, release } = archive;
    const partly = {
      reserve: reserve.bind(archive),
      settle: settle.bind(archive),
      release: release.bind(archive),
    };
    return stage.services({ archive: { ...partly, [method]: gone } as unknown as Archive });
  };
  await expect(ask({}, surroundings(), away('reserve'))).rejects.toMatchObject({
    type: 'Archive.Unreachable',
    nonRetryable: false,
  });
  expect(stage.recorder.calls).toEqual([]);
  const { value, charges } = await ask({}, surroundings(), away('settle'));
  const [bill] = await stage.bill();
  expect(value).not.toBeNull();
  expect(charges).toMatchObject([{ amount: bill?.amountNano, basis: 'priced' }]);
});

describe('a call that was not answered', () => {
  const lostCharge = (): Charge => ({
    ...{ key: `${keyBase}/1`, step: 'draft', provider: 'openai', model: 'gpt-6-luna', quantity: null },
    ...{ unitPrice: null, amount: 501_000, basis: 'unknown', outcome: 'lost', requestId: null },
    ...{ prompt: 'headline@1', offline: true, at: '2026-11-24T09:00:00.000Z' },
  });

  const failure = (around = surroundings(), services = stage.services()): Promise<ApplicationFailure> =>
    ask({}, around, services).then(
      () => expect.fail('answered'),
      (error: ApplicationFailure) => error,
    );

  it('is thrown for Temporal to retry after the wait that was asked for, and costs nothing', async () => {
    stage.control.fail({ on: 'openai', kind: 'status', status: 429, retryAfter: 7 });
    const around = surroundings({ attempt: 2, heartbeatDetails: { lost: [], asking: lostCharge() } });
    expect(await failure(around)).toMatchObject({
      type: 'Provider.RateLimited',
      nonRetryable: false,
      nextRetryDelay: 7_000,
    });
    // What the next attempt finds: the first was lost, this one was not.
    expect(around.heartbeats.at(-1)).toEqual({ lost: [lostCharge()], asking: null });
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

  it('for half an hour waits for a person', async () => {
    stage.control.fail({ on: 'openai', kind: 'status', status: 503, times: 2 });
    expect(await failure(surroundings({ attempt: 29 }))).toMatchObject({ nonRetryable: false });
    expect(await failure(surroundings({ attempt: 30 }))).toMatchObject({
      type: 'Provider.ServerError',
      nonRetryable: true,
      message: expect.stringMatching(/ \(tried 30 times\)$/) as string,
    });
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
