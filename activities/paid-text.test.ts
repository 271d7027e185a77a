import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Archive } from '../services/archive/archive.js';
import { ArchiveFull, ArchiveHeld } from '../services/archive/database.js';
import type { Services } from '../services/services.js';
import type { Spend } from '../contract/money/spend.js';
import { askOnce, type PaidTextQuestion, type TextAttempt, createSettleLost } from './paid-text.js';
import { spend, SPOILED_ANSWERS, textServer } from './testing/samples.js';
import { perform, surroundings } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

interface Headline {
  readonly title: string;
}
const paid: Omit<PaidTextQuestion<Headline>, 'key'> = {
  ...{ step: 'draft', spend, model: 'gpt-6-luna', name: 'headline', prompt: 'headline@1' },
  ...{ instructions: 'You write headlines.', input: 'Topic: harbor clocks', problem: () => null },
  ...{ maxOutputTokens: 500, usualOutput: 1_000 },
  schema: z.object({ title: z.string().describe('Title: at most 60 characters') }),
};

const stage = useStage();
// A question of its own for each test: the archive keeps the first charge of a key.
let questions = 0;
let key: string;
beforeEach(() => {
  key = `post/UpkTZ26nc9Eb/draft/r1/${(questions += 1)}`;
});

const ask = (
  change: Partial<PaidTextQuestion<Headline>> = {},
  services: Partial<Services> = {},
  around = surroundings(),
): Promise<TextAttempt<Headline>> =>
  around.run(() => askOnce(stage.services(services), { ...paid, key, ...change }));
const words = (pattern: RegExp) => expect.stringMatching(pattern) as string;

const withLedger = (change: Partial<Archive['ledger']>): Partial<Services> => ({
  archive: { ...stage.archive, ledger: { ...stage.archive.ledger, ...change } },
});

it('an answer that can be kept comes with the charge of exactly what was billed', async () => {
  const { charges, ...attempt } = await ask();
  const [{ usage, amountNano: amount, requestId } = {}] = await stage.bill();
  const at = expect.any(String) as string;
  const call = { provider: 'openai', model: 'gpt-6-luna', prompt: 'headline@1', offline: true, at };
  expect(attempt).toEqual({
    ...{ outcome: 'kept', value: { title: words(/\S/) }, misses: [], ...call },
    seconds: expect.any(Number) as number,
  });
  expect(charges).toEqual([
    {
      ...{ key, step: 'draft', ...call, amount, basis: 'priced', outcome: 'kept', requestId },
      quantity: `${usage?.input} in (0 cached, 0 written), ${usage?.output} out tokens`,
      unitPrice: '0.1 in, 0.01 cached, 0.5 out USD per million tokens',
    },
  ]);
});

describe('an answer that can not be kept', () => {
  it.each(SPOILED_ANSWERS)('by %s is charged like any other, and says why', async (kind, outcome) => {
    stage.control.fail({ on: 'openai', kind });
    const attempt = await ask();
    const [{ amountNano: amount, requestId } = {}] = await stage.bill();
    const charges = [{ outcome, basis: 'priced', amount, requestId }];
    const reason = words(new RegExp(`^${outcome}: \\S`));
    expect(attempt).toMatchObject({ outcome: 'not_usable', model: 'gpt-6-luna', reason, charges });
  });

  const breaks = (): never => {
    throw new TypeError("Cannot read properties of undefined (reading 'length')");
  };
  it.each<[string, Partial<PaidTextQuestion<Headline>>, RegExp, string]>([
    ['as it breaks a rule says which', { problem: () => 'no verb' }, /^no verb$/, 'rule_broken'],
    ['as a rule of ours breaks on it', { problem: breaks }, /^it could not be read: Cannot read/, 'failed'],
    ['as a miss of ours breaks on it', { misses: breaks }, /^it could not be read: Cannot read/, 'failed'],
  ])('%s is charged what was billed', async (_how, change, reason, outcome) => {
    const attempt = await ask(change);
    const [bill] = await stage.bill();
    const charges = [{ key, basis: 'priced', outcome, amount: bill?.amountNano }];
    expect(attempt).toMatchObject({ outcome: 'not_usable', reason: words(reason), charges });
  });
});

it('an answer that misses the house style counts as wasted while it may be asked for again', async () => {
  const misses = () => ['too loud', 'too long'];
  const kept = { outcome: 'kept', misses: misses() };
  const wasted = [{ outcome: 'rule_broken', basis: 'priced' }];
  expect(await ask({ misses })).toMatchObject({ ...kept, charges: wasted });
  const last = await ask({ misses, last: true, key: `${key}/last` });
  expect(last).toMatchObject({ ...kept, charges: [{ outcome: 'kept' }] });
});

describe('a lost answer', () => {
  it('is one unknown charge with its estimate', async () => {
    stage.control.fail({ on: 'openai', kind: 'drop-after' });
    expect(await ask()).toMatchObject({
      ...{ outcome: 'lost', reason: words(/^the answer was lost: openai: no answer: /) },
      // 10 tokens of prompt at 0.1 and the usual 1,000 out at 0.5 USD per million.
      charges: [{ basis: 'unknown', outcome: 'lost', amount: 501_000, quantity: null, requestId: null }],
    });
    expect(stage.recorder.sent('POST', '/responses')).toHaveLength(1);
  });

  it('of a client of ours that breaks in the middle may have been paid for', async () => {
    const breaks = () => Promise.reject(new TypeError('a bug in the client'));
    expect(await ask({}, { text: textServer({ ask: breaks }) })).toMatchObject({
      ...{ outcome: 'lost', reason: 'the answer was lost: a bug in the client' },
      charges: [{ basis: 'unknown', outcome: 'lost' }],
    });
  });
});

it('a call that is turned away comes back with the wait that was asked for, costs and holds nothing', async () => {
  stage.control.fail({ on: 'openai', kind: 'status', status: 429, retryAfter: 7 });
  expect(await ask()).toMatchObject({
    ...{ outcome: 'turned_away', then: 'again', afterMs: 7_000, charges: [] },
    error: { type: 'Provider.RateLimited', requestId: words(/^req_/) },
  });
  expect(await stage.bill()).toEqual([]);
  expect(await stage.isHeld(questions)).toBe(false);
});

describe('a call that must not be sent any more', () => {
  it('since its post was cancelled while the budget was asked for, is not sent', async () => {
    const around = surroundings();
    const { reserve } = stage.archive.ledger;
    const ledger = withLedger({
      async reserve(request) {
        const answer = await reserve(request);
        around.cancel();
        return answer;
      },
    });
    const attempt = await ask({}, ledger, around);
    expect(attempt).toMatchObject({ outcome: 'not_sent', then: 'end', charges: [] });
    expect(stage.recorder.calls).toEqual([]);
    expect(await stage.isHeld(questions)).toBe(false);
  });

  it('since its worker stops, is left to another', async () => {
    const left = { outcome: 'not_sent', then: 'again', error: { type: 'Worker.Stopping' } };
    expect(await ask({}, { stopping: AbortSignal.abort() })).toMatchObject(left);
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
    const message = words(
      /^the draft is expected to cost \$0\.0005, and \$0\.00 of the batch's budget of \$0\.0005 is spent/,
    );
    const over = { outcome: 'not_sent', then: 'block', error: { type: 'Budget.Exceeded', message } };
    expect(await ask({ spend: small })).toMatchObject(over);
    expect(stage.recorder.calls).toEqual([]);
    await ask({ spend: budget({ limits: { batch: 501_000, month: null } }) });
    expect(await stage.isHeld(questions)).toBe(false);
  });

  it('that asks for a confirmation gets one first', async () => {
    const dear = budget({ confirmOver: 500_999 });
    const asked = { outcome: 'not_sent', then: 'block', error: { type: 'Budget.NeedsConfirmation' } };
    expect(await ask({ spend: dear })).toMatchObject(asked);
    expect(stage.recorder.calls).toEqual([]);
    expect((await ask({ spend: { ...dear, confirmed: true } })).outcome).toBe('kept');
    const enough = budget({ confirmOver: 501_000 });
    expect((await ask({ spend: enough, key: `${key}/b` })).outcome).toBe('kept');
  });
});

describe('an archive that is away', () => {
  /** Fails at one of the methods of its ledger, `times` in a row. */
  const away = (
    method: 'reserve' | 'settle',
    times = Infinity,
    error = new Error('archive can not be reached'),
  ): Partial<Services> => {
    let left = times;
    const failing = (...args: [never]): Promise<unknown> =>
      (left -= 1) < 0 ? stage.archive.ledger[method](...args) : Promise.reject(error);
    return withLedger({ [method]: failing });
  };

  it.each<[why: string, error: Error, type: string]>([
    ['is away', new Error('archive can not be reached'), 'Archive.Unreachable'],
    ['has no connection free', new ArchiveFull('all are at work'), 'Archive.Full'],
    ['is held by another', new ArchiveHeld('another holds it'), 'Archive.Held'],
  ])(
    'or %s before anything is sent gives its place back at once, and cost nothing',
    async (_why, error, type) => {
      const { message } = error;
      const ended = { outcome: 'not_sent', then: 'again', charges: [], error: { type, message } };
      expect(await ask({}, away('reserve', Infinity, error))).toMatchObject(ended);
      expect(stage.recorder.calls).toEqual([]);
    },
  );

  it('for a moment is waited for where somebody waits for the answer', async () => {
    expect((await ask({ patienceMs: 20_000 }, away('reserve', 1))).outcome).toBe('kept');
    expect(await stage.bill()).toHaveLength(1);
  });

  it('after the answer loses nothing', async () => {
    const attempt = await ask({}, away('settle'));
    const [bill] = await stage.bill();
    const charges = [{ amount: bill?.amountNano, basis: 'priced' }];
    expect(attempt).toMatchObject({ outcome: 'kept', charges });
  });
});

describe('a call whose worker died', () => {
  const settle = () =>
    perform(createSettleLost(stage.services()).settleLost, {
      ...({ key, step: 'draft', model: 'gpt-6-luna', payer: spend.payer } as const),
    });

  it('having held nothing was not sent, and costs nothing', async () => {
    expect(await settle()).toEqual([]);
  });

  it('having money held is an unknown charge of that much, once, and holds nothing any more', async () => {
    const { payer, limits } = spend;
    const hold = { key, payer, limits, amount: 501_000, offline: true, leaseMs: 60_000 };
    await stage.archive.ledger.reserve(hold);
    const charge = { key, step: 'draft', amount: 501_000, basis: 'unknown', outcome: 'lost', offline: true };
    expect(await settle()).toMatchObject([charge]);
    expect(await stage.isHeld(questions)).toBe(false);
    expect(await settle()).toMatchObject([charge]);
  });

  it('after it was answered costs what that cost', async () => {
    await ask();
    const [bill] = await stage.bill();
    expect(await settle()).toMatchObject([{ key, basis: 'priced', amount: bill?.amountNano }]);
  });
});
