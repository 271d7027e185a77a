import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Services } from '../services/services.js';
import { knownNano, unknownNano } from '../contract/money/charge.js';
import { plainUsage } from '../contract/money/prices/text-price.js';
import { OWN_SERVER, parseTextRate, type TextRate } from '../contract/money/prices/text-rate.js';
import type { EmbeddingAnswer, TextAnswer } from '../services/text/text.js';
import { embeddingCharges, textCharges } from './text-charge.js';
import { spend } from './testing/samples.js';

const at = (rate: TextRate | null) =>
  ({
    text: { provider: 'openai', offline: false, rate },
    now: () => new Date('2026-11-24T09:00:00Z'),
  }) as unknown as Services;

const answer = (change: Partial<TextAnswer<unknown>> | Partial<EmbeddingAnswer>) => ({
  ...{ outcome: 'ok', value: { title: 't' }, vectors: [[1]], model: 'gpt-6-luna', billed: null, tier: null },
  ...{ usage: plainUsage(1_000, 50), requestId: 'req_1', seconds: 1, ...change },
});
const OF_OUR_OWN = parseTextRate('0.15/0.60');

describe('a text', () => {
  const charges = (rate: TextRate | null, model = 'gpt-6-luna') =>
    textCharges(at(rate), {
      ...{ step: 'draft', spend, key: 'k', model, name: 'headline', prompt: 'headline@1' },
      ...{ schema: z.object({ title: z.string() }), instructions: 'Four words, one ä.', input: 'Topic' },
      ...{ maxOutputTokens: 500, usualOutput: 1_000, problem: () => null },
    });
  const charged = (rate: TextRate | null, change: Partial<TextAnswer<unknown>>, model?: string) =>
    charges(rate, model).answered(answer(change) as TextAnswer<{ title: string }>, 'kept');
  const billed = { basis: 'billed', unitPrice: 'as the server says', requestId: 'req_1' };
  const free = { amount: 0, basis: 'priced', unitPrice: "0 USD, a server of one's own" };

  it.each<[string, TextRate | null, Partial<TextAnswer<unknown>>, object]>([
    ['what the server names', null, { billed: 123_457 }, { ...billed, amount: 123_457 }],
    ['that without a usage', null, { billed: 123_457, usage: null }, { ...billed, amount: 123_457 }],
    ['that on a server of one’s own', OWN_SERVER, { billed: 123_457 }, { ...billed, amount: 123_457 }],
    ['0 where the server names it', null, { billed: 0 }, { ...billed, amount: 0 }],
    ['0 on a server of one’s own, of a cloud model’s name too', OWN_SERVER, {}, free],
    ['0 there without a usage', OWN_SERVER, { usage: null }, free],
    ['by a price of one’s own', OF_OUR_OWN, { model: 'qwen3' }, { amount: 180_000, basis: 'priced' }],
    // 6 input tokens by their characters and 1,000 usual ones out: 0.9 + 600 micro-USD
    ['an estimate without a usage', OF_OUR_OWN, { usage: null }, { amount: 600_900, basis: 'unknown' }],
    // 1,000 × 0.1 + 50 × 0.5 = 125 micro-USD
    ['by the table', null, {}, { amount: 125_000, basis: 'priced' }],
    ['by its tier', null, { tier: 'flex' }, { amount: 62_500, basis: 'priced' }],
    ['by the model asked for', null, { model: 'my-luna' }, { amount: 125_000, basis: 'priced' }],
  ])('costs %s', (_what, rate, change, charge) => {
    const { model = 'gpt-6-luna', usage } = change;
    const quantity = usage === null ? null : '1000 in (0 cached, 0 written), 50 out tokens';
    expect(charged(rate, change)).toMatchObject({ ...charge, model, quantity });
  });

  it('of a model that no table has is unknown, at the dearest prices: 10 in and 50 out', () => {
    const unknown = { model: 'llama-3', amount: 12_500_000, basis: 'unknown' };
    const charge = charged(null, { model: 'llama-3' }, 'llama-3');
    expect(charge).toMatchObject(unknown);
    expect([knownNano([charge]), unknownNano([charge])]).toEqual([0, 12_500_000]);
  });

  it('that never came is unknown, at its estimate', () => {
    // 6 input tokens at 0.1 and 1,000 at 0.5
    expect(charges(null).lost()).toMatchObject({ key: 'k', amount: 500_600, basis: 'unknown' });
    expect(charges(OWN_SERVER).lost()).toMatchObject({ amount: 0, basis: 'unknown' });
  });

  const schema =
    '{"type":"object","properties":{"title":{"type":"string"}},"required":["title"],"additionalProperties":false}';
  const told =
    'Answer with one JSON object alone, without any words before or after it, that fits this JSON schema:\n';
  // 19 + 5 bytes of the prompt, the schema with its words twice, 500 around it.
  const input = 19 + 5 + 2 * (told.length + schema.length) + 500;
  it.each([
    // 12-hour cache writes of gpt-6-luna are 0.25, output 0.5; 2 × 500 + 4,000 tokens of it.
    [null, undefined, input * 250 + 5_000 * 500],
    [parseTextRate('1/2'), undefined, input * 1_000 + 5_000 * 2_000],
    [OWN_SERVER, undefined, 0],
    // The dearest that we know: 25 and 50.
    [null, 'qwen3', input * 25_000 + 5_000 * 50_000],
  ])('costs every byte as a token and the whole limit as output at most: %j %s', (rate, model, most) => {
    expect(charges(rate, model).most()).toBe(most);
  });

  it('never costs more than the most', () => {
    const usage = { ...plainUsage(24, 5_000), cacheWrite: 24, cacheWrite12h: 24 };
    expect(charges(null).most()).toBeGreaterThanOrEqual(charged(null, { usage }).amount);
  });
});

describe('what texts mean', () => {
  const SMALL = 'text-embedding-3-small';
  const TEXT = 'How warm is a starter kept, and for how long?'; // 45 characters, 12 tokens by the rule of thumb
  const charges = (rate: TextRate | null = null, model = SMALL) =>
    embeddingCharges(at(rate), { key: 'k', model, texts: [TEXT] });
  const charged = (rate: TextRate | null, change: Partial<EmbeddingAnswer>, model?: string) => {
    const whole = answer({ model: SMALL, usage: plainUsage(11, 0), ...change }) as EmbeddingAnswer;
    return charges(rate, model).answered(whole, 'kept');
  };

  it('costs the tokens that the server counted', () => {
    expect(charged(null, {})).toEqual({
      ...{ key: 'k', step: 'embedding', provider: 'openai', model: SMALL, prompt: null },
      ...{ quantity: '11 in tokens', unitPrice: '0.02 in USD per million tokens', amount: 220 },
      ...{ basis: 'priced', outcome: 'kept', requestId: 'req_1', offline: false },
      at: '2026-11-24T09:00:00.000Z',
    });
  });

  const billed = { amount: 77, basis: 'billed', quantity: null };
  const free = { amount: 0, basis: 'priced' };
  it.each<[string, TextRate | null, Partial<EmbeddingAnswer>, string, object]>([
    ['what the server names', null, { billed: 77, usage: null }, SMALL, billed],
    ['that on a server of one’s own', OWN_SERVER, { billed: 77, usage: null }, SMALL, billed],
    ['nothing on a server of one’s own', OWN_SERVER, {}, 'nomic', free],
    ['nothing there without a usage', OWN_SERVER, { usage: null }, 'nomic', free],
    ['by the model asked for', null, { model: 'mine' }, SMALL, { amount: 220, basis: 'priced' }],
    ['an estimate without a price', null, { model: 'nomic' }, 'nomic', { amount: 2_200, basis: 'unknown' }],
    ['an estimate without a usage', null, { usage: null }, SMALL, { amount: 240, basis: 'unknown' }],
  ])('costs %s', (_what, rate, change, model, charge) => {
    expect(charged(rate, change, model)).toMatchObject(charge);
  });

  it('is an estimate where the answer never came', () => {
    const lost = { amount: 12 * 20, basis: 'unknown', outcome: 'lost', quantity: null, requestId: null };
    expect(charges().lost()).toMatchObject(lost);
  });

  it('can cost no more than a token a byte', () => {
    expect(charges().most()).toBe((45 + 10) * 20);
    expect(charges(parseTextRate('1/2')).most()).toBe((45 + 10) * 1_000);
    expect(charges(OWN_SERVER).most()).toBe(0);
  });
});
