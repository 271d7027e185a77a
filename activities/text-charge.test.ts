import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Services } from '../services/services.js';
import { plainUsage } from '../contract/money/prices/text-price.js';
import { OWN_SERVER, parseTextRate, type TextRate } from '../contract/money/prices/text-rate.js';
import type { TextAnswer } from '../services/text/text.js';
import type { PaidQuestion } from './paid-text.js';
import { chargeMaker } from './text-charge.js';
import { spend } from './testing/samples.js';

const paid: PaidQuestion<{ title: string }> = {
  ...{ step: 'draft', spend, key: 'k', model: 'gpt-6-luna', name: 'headline', prompt: 'headline@1' },
  schema: z.object({ title: z.string() }),
  instructions: 'Four words, one ä.',
  input: 'Topic',
  maxOutputTokens: 500,
  usualOutput: 1_000,
  problem: () => null,
};

/** The services as far as a charge knows them. */
const at = (rate: TextRate | null, provider = 'openai') =>
  ({
    text: { provider, offline: false, rate },
    now: () => new Date('2026-11-24T09:00:00Z'),
  }) as unknown as Services;

const charges = (rate: TextRate | null, change: Partial<typeof paid> = {}) =>
  chargeMaker(at(rate), { ...paid, ...change });

const answer = (change: Partial<TextAnswer<{ title: string }>> = {}) =>
  ({
    ...{ outcome: 'ok', value: { title: 't' }, model: 'gpt-6-luna', usage: plainUsage(1_000, 50) },
    ...{ billed: null, requestId: 'req_1', tier: null, seconds: 1 },
    ...change,
  }) as TextAnswer<{ title: string }>;

describe('the charge of an answer', () => {
  it('is the cost that the server names, whatever its usage and the table say', () => {
    const billed = { amount: 123_457, basis: 'billed', unitPrice: 'as the server says', requestId: 'req_1' };
    for (const usage of [plainUsage(1_000, 50), null])
      for (const rate of [null, OWN_SERVER])
        expect(charges(rate).answered(answer({ usage, billed: 123_457 }), 'kept')).toMatchObject(billed);
    expect(charges(null).answered(answer({ billed: 0 }), 'kept')).toMatchObject({
      ...{ amount: 0, basis: 'billed' },
    });
  });

  it('is 0 on a server of one’s own, that of the cloud model whose name it has, and of no usage too', () => {
    const free = { amount: 0, basis: 'priced', unitPrice: "0 USD, a server of one's own" };
    for (const usage of [plainUsage(1_000, 50), null])
      expect(charges(OWN_SERVER).answered(answer({ usage }), 'kept')).toMatchObject(free);
  });

  it('is by a price of one’s own for a model that no table has', () => {
    const rate = parseTextRate('0.15/0.60');
    // 1,000 × 0.15 + 50 × 0.60 = 180 micro-USD
    expect(charges(rate).answered(answer({ model: 'qwen3' }), 'kept')).toMatchObject({
      ...{
        amount: 180_000,
        basis: 'priced',
        model: 'qwen3',
        quantity: '1000 in (0 cached, 0 written), 50 out tokens',
      },
    });
    // No usage: 6 input tokens by their characters and 1,000 usual ones out: 0.9 + 600 micro-USD
    expect(charges(rate).answered(answer({ usage: null }), 'kept')).toMatchObject({
      ...{ amount: 600_900, basis: 'unknown', quantity: null },
    });
  });

  it('is by the table otherwise', () => {
    // 1,000 × 0.1 + 50 × 0.5 = 125 micro-USD
    expect(charges(null).answered(answer(), 'kept')).toMatchObject({ amount: 125_000, basis: 'priced' });
  });
});

describe('a call whose answer never came', () => {
  it('is unknown, at its estimate', () => {
    // 6 input tokens at 0.1 and 1,000 at 0.5
    expect(charges(null).lost()).toMatchObject({ key: 'k', amount: 500_600, basis: 'unknown' });
    expect(charges(OWN_SERVER).lost()).toMatchObject({ amount: 0, basis: 'unknown' });
  });
});

describe('the most that a call can cost', () => {
  const schema =
    '{"type":"object","properties":{"title":{"type":"string"}},"required":["title"],"additionalProperties":false}';
  const told =
    'Answer with one JSON object alone, without any words before or after it, that fits this JSON schema:\n';
  // 19 + 5 bytes of the prompt, the schema with its words twice, 500 around it.
  const input = 19 + 5 + 2 * (told.length + schema.length) + 500;

  it('is every byte as a token at the dearest input price, and the whole limit as output', () => {
    // 12-hour cache writes of gpt-6-luna are 0.25, output 0.5; 2 × 500 + 4,000 tokens of it.
    expect(charges(null).most()).toBe(input * 250 + 5_000 * 500);
    expect(charges(parseTextRate('1/2')).most()).toBe(input * 1_000 + 5_000 * 2_000);
    expect(charges(OWN_SERVER).most()).toBe(0);
    // The dearest that we know: 25 and 50.
    expect(charges(null, { model: 'qwen3' }).most()).toBe(input * 25_000 + 5_000 * 50_000);
  });

  it('is never less than a charge can be', () => {
    const usage = { ...plainUsage(24, 5_000), cacheWrite: 24, cacheWrite12h: 24 };
    const { amount } = charges(null).answered(answer({ usage }), 'kept');
    expect(charges(null).most()).toBeGreaterThanOrEqual(amount);
  });
});
