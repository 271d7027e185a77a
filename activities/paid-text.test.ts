import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { knownNano, unknownNano } from '../contract/money/charge.js';
import type { Archive } from '../services/archive/archive.js';
import type { Ledger } from '../services/archive/ledger/ledger.js';
import { OpenAiText } from '../services/text/openai.js';
import { askOnce, type PaidQuestion, type TextAttempt } from './paid-text.js';
import type { Spend } from '../contract/money/spend.js';
import { closedUrl, json } from './testing/recorder.js';
import { spend, SPOILED_ANSWERS } from './testing/samples.js';
import { surroundings, type Stage, type Surroundings } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

interface Headline {
  readonly title: string;
}

let questions = 0;

const paid: PaidQuestion<Headline> = {
  step: 'draft',
  spend,
  key: '',
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
useStage((opened) => (stage = opened));
// A question of its own for each test: the archive keeps the first charge of a key.
let key: string;
beforeEach(() => {
  key = `post/UpkTZ26nc9Eb/draft/r1/${(questions += 1)}`;
});

const ask = (
  change: Partial<PaidQuestion<Headline>> = {},
  around: Surroundings = surroundings(),
  services = stage.services(),
): Promise<TextAttempt<Headline>> => around.run(() => askOnce(services, { ...paid, key, ...change }));

describe('an answer that can be kept', () => {
  it('comes with the charge of exactly what was billed', async () => {
    const attempt = await ask();
    const [bill] = await stage.bill();
    expect(attempt).toMatchObject({
      outcome: 'kept',
      value: { title: expect.stringMatching(/\S/) as string },
      misses: [],
      provider: 'openai',
      model: 'gpt-6-luna',
      prompt: 'headline@1',
      offline: true,
      seconds: expect.any(Number) as number,
    });
    expect(attempt.charges).toEqual([
      {
        key,
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
    const { charges } = await ask({ ...long, key: `${key}/again` });
    const [, bill] = await stage.bill();
    expect(bill?.usage?.cached).toBeGreaterThan(1_000);
    expect(charges[0]).toMatchObject({ amount: bill?.amountNano, basis: 'priced' });
  });
});

describe('an answer that can not be kept', () => {
  it.each(SPOILED_ANSWERS)('by %s is charged like any other, and says why', async (kind, outcome) => {
    stage.control.fail({ on: 'openai', kind });
    const attempt = await ask();
    const [bill] = await stage.bill();
    expect(attempt).toMatchObject({
      outcome: 'not_usable',
      model: 'gpt-6-luna',
      reason: expect.stringMatching(new RegExp(`^${outcome}: \\S`)) as string,
    });
    expect(attempt.charges).toMatchObject([
      { outcome, basis: 'priced', amount: bill?.amountNano, requestId: bill?.requestId },
    ]);
  });

  it('as it breaks a rule says which', async () => {
    const attempt = await ask({ problem: ({ title }) => `the title "${title}" has no verb` });
    expect(attempt).toMatchObject({
      outcome: 'not_usable',
      reason: expect.stringContaining('has no verb') as string,
    });
    const [bill] = await stage.bill();
    expect(attempt.charges).toMatchObject([{ outcome: 'rule_broken', amount: bill?.amountNano }]);
  });

  it('as the model failed is charged by its usage', async () => {
    stage.recorder.play('/responses', () =>
      json(response({ status: 'failed', error: { code: 'server_error', message: 'It broke.' } })),
    );
    const attempt = await ask();
    expect(attempt).toMatchObject({ outcome: 'not_usable', reason: 'failed: It broke.' });
    // 1,000 in at 0.1 and 50 out at 0.5 USD per million
    expect(attempt.charges).toMatchObject([{ outcome: 'failed', basis: 'priced', amount: 125_000 }]);
  });
});

describe('what can not be priced', () => {
  it('is unknown, never 0: a model that no price list has', async () => {
    stage.recorder.play('/responses', () => json(response({ model: 'llama-3' })));
    const { outcome, charges } = await ask({ model: 'llama-3' });
    expect(outcome).toBe('kept');
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
        outcome: 'lost',
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

describe('a rule of ours that breaks on an answer', () => {
  const breaks = (): never => {
    throw new TypeError("Cannot read properties of undefined (reading 'length')");
  };
  it.each([['problem'], ['misses']])('costs the answer, not its charge: %s', async (rule) => {
    const attempt = await ask({ [rule]: breaks });
    const [bill] = await stage.bill();
    expect(attempt).toMatchObject({
      outcome: 'not_usable',
      reason: expect.stringMatching(/^it could not be read: Cannot read/) as string,
      charges: [{ key, basis: 'priced', outcome: 'failed', amount: bill?.amountNano }],
    });
  });
});

describe('an answer that misses the house style', () => {
  const misses = () => ['too loud', 'too long'];
  it('comes with its misses, and counts as wasted while it may be asked for again', async () => {
    expect(await ask({ misses })).toMatchObject({
      outcome: 'kept',
      misses: misses(),
      charges: [{ outcome: 'rule_broken', basis: 'priced' }],
    });
  });
  it('is kept when it is the last', async () => {
    expect(await ask({ misses, last: true })).toMatchObject({ charges: [{ outcome: 'kept' }] });
  });
});

describe('a call that must not be sent any more', () => {
  it('since its post was cancelled while the budget was asked for, is not sent', async () => {
    const around = surroundings();
    const { archive } = stage;
    const ledger: Ledger = {
      ...archive.ledger,
      async reserve(request) {
        const answer = await archive.ledger.reserve(request);
        around.cancel();
        return answer;
      },
    };
    const services = stage.services({ archive: { ...archive, ledger } });
    expect(await ask({}, around, services)).toMatchObject({
      outcome: 'not_sent',
      then: 'end',
      charges: [],
    });
    expect(stage.recorder.calls).toEqual([]);
    expect(await stage.archive.ledger.listHolds({ postId: 'UpkTZ26nc9Eb' })).toEqual([]);
  });

  it('since its worker stops, is left to another', async () => {
    const stopping = AbortSignal.abort();
    expect(await ask({}, surroundings(), stage.services({ stopping }))).toMatchObject({
      outcome: 'not_sent',
      then: 'again',
      error: { type: 'Worker.Stopping' },
    });
    expect(stage.recorder.calls).toEqual([]);
  });
});

describe('a budget', () => {
  const budget = (change: Partial<Spend>): Spend => ({
    ...spend,
    payer: { ...spend.payer, batchId: `Batch${key.replace(/\D/g, '')}` },
    ...change,
  });

  it('that does not hold the expected cost blocks with both figures, before anything is paid', async () => {
    const small = budget({ limits: { batch: 500_999, month: null } });
    expect(await ask({ spend: small })).toMatchObject({
      outcome: 'not_sent',
      then: 'block',
      error: {
        type: 'Budget.Exceeded',
        message: expect.stringMatching(
          /^the draft is expected to cost \$0\.0005, and \$0\.00 of the batch's budget of \$0\.0005 is spent/,
        ) as string,
      },
    });
    expect(stage.recorder.calls).toEqual([]);
    await ask({ spend: budget({ limits: { batch: 501_000, month: null } }) });
    expect(await stage.archive.ledger.listHolds({ postId: 'UpkTZ26nc9Eb' })).toEqual([]);
  });

  it('is given back what a call would have cost that was turned away', async () => {
    stage.control.fail({ on: 'openai', kind: 'status', status: 429 });
    expect(await ask()).toMatchObject({ outcome: 'turned_away', error: { type: 'Provider.RateLimited' } });
    expect(await stage.archive.ledger.listHolds({ postId: 'UpkTZ26nc9Eb' })).toEqual([]);
  });

  it('that asks for a confirmation gets one first', async () => {
    const dear = budget({ confirmOver: 500_999 });
    expect(await ask({ spend: dear })).toMatchObject({
      outcome: 'not_sent',
      then: 'block',
      error: { type: 'Budget.NeedsConfirmation' },
    });
    expect(stage.recorder.calls).toEqual([]);
    expect((await ask({ spend: { ...dear, confirmed: true } })).outcome).toBe('kept');
    const enough = budget({ confirmOver: 501_000 });
    expect((await ask({ spend: enough, key: `${key}/b` })).outcome).toBe('kept');
  });
});

describe('an archive that is away', () => {
  /** An archive whose ledger fails at one of its methods, `times` in a row. */
  const away = (method: 'reserve' | 'settle', times = Infinity): Archive => {
    const { archive } = stage;
    let left = times;
    const failing = (...args: [never]): Promise<unknown> =>
      (left -= 1) < 0
        ? archive.ledger[method](...args)
        : Promise.reject(new Error('archive can not be reached'));
    return { ...archive, ledger: { ...archive.ledger, [method]: failing } };
  };

  it('is waited for before anything is sent, within one attempt', async () => {
    const archive = away('reserve', 2);
    const { outcome } = await ask({}, surroundings(), stage.services({ archive }));
    expect(outcome).toBe('kept');
    expect(await stage.bill()).toHaveLength(1);
  });

  it('for half an hour ends the attempt, which cost nothing and counts as none', async () => {
    // A clock that is half an hour further each time it is looked at.
    let hours = 0;
    const now = () => new Date((hours += 1) * 1_800_000);
    expect(await ask({}, surroundings(), stage.services({ archive: away('reserve'), now }))).toMatchObject({
      outcome: 'not_sent',
      then: 'again',
      charges: [],
      error: { type: 'Archive.Unreachable', message: 'archive can not be reached' },
    });
    expect(stage.recorder.calls).toEqual([]);
  });

  it('after the answer loses nothing', async () => {
    const { outcome, charges } = await ask({}, surroundings(), stage.services({ archive: away('settle') }));
    const [bill] = await stage.bill();
    expect(outcome).toBe('kept');
    expect(charges).toMatchObject([{ amount: bill?.amountNano, basis: 'priced' }]);
  });
});

describe('a call that the provider did not take', () => {
  it('comes back with the wait that was asked for, and costs nothing', async () => {
    stage.control.fail({ on: 'openai', kind: 'status', status: 429, retryAfter: 7 });
    expect(await ask()).toMatchObject({
      outcome: 'turned_away',
      then: 'again',
      afterMs: 7_000,
      charges: [],
      error: { type: 'Provider.RateLimited' },
    });
    expect(await stage.bill()).toEqual([]);
  });

  it.each([
    [{ status: 500 }, 'Provider.ServerError', 'again'],
    [{ status: 429, code: 'insufficient_quota' }, 'Provider.QuotaUsedUp', 'block'],
    [{ status: 401 }, 'Provider.Authentication', 'block'],
    [{ status: 404 }, 'Provider.UnknownModel', 'block'],
  ])('%j is %s: %s', async (fault, type, then) => {
    stage.control.fail({ on: 'openai', kind: 'status', ...fault });
    expect(await ask()).toMatchObject({
      outcome: 'turned_away',
      then,
      error: { type, requestId: expect.stringMatching(/^req_/) as string },
    });
  });

  it('since its port is closed was not paid for', async () => {
    const settings = { apiKey: 'sample', api: 'responses', offline: true } as const;
    const text = new OpenAiText({ ...settings, baseUrl: `${await closedUrl()}/v1` });
    expect(await ask({}, surroundings(), stage.services({ text }))).toMatchObject({
      outcome: 'turned_away',
      then: 'again',
      error: { type: 'Provider.Unreachable' },
    });
  });

  it('as a client of ours breaks in the middle may have been paid for', async () => {
    const breaks = () => Promise.reject(new TypeError('a bug in the client'));
    const text = {
      provider: 'openai',
      offline: true,
      rate: null,
      ask: breaks,
      embed: breaks,
      moderate: breaks,
    };
    expect(await ask({}, surroundings(), stage.services({ text }))).toMatchObject({
      outcome: 'lost',
      reason: 'the answer was lost: a bug in the client',
      charges: [{ basis: 'unknown', outcome: 'lost' }],
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
