import { expect, it } from 'vitest';
import type { Services } from '../services/services.js';
import { plainUsage } from '../contract/money/prices/text-price.js';
import { OWN_SERVER, parseTextRate, type TextRate } from '../contract/money/prices/text-rate.js';
import type { EmbeddingAnswer } from '../services/text/text.js';
import { embeddingCharges } from './embedding-charge.js';

const TEXT = 'How warm is a starter kept, and for how long?'; // 45 characters, 12 tokens by the rule of thumb

/** Where the server is, as far as a charge knows it. */
const at = (rate: TextRate | null) =>
  ({
    text: { provider: 'openai', offline: false, rate },
    now: () => new Date('2026-11-24T09:00:00Z'),
  }) as unknown as Services;

const charges = (rate: TextRate | null = null, model = 'text-embedding-3-small') =>
  embeddingCharges(at(rate), { key: 'k', model, texts: [TEXT] });

const answer = (change: Partial<EmbeddingAnswer> = {}) =>
  ({
    ...{ outcome: 'ok', vectors: [[1]], model: 'text-embedding-3-small', usage: plainUsage(11, 0) },
    ...{ billed: null, requestId: 'req_1', tier: null, seconds: 1 },
    ...change,
  }) as EmbeddingAnswer;

it('charges the tokens that the server counted', () => {
  expect(charges().answered(answer(), 'kept')).toEqual({
    ...{ key: 'k', step: 'embedding', provider: 'openai', model: 'text-embedding-3-small', prompt: null },
    ...{ quantity: '11 in tokens', unitPrice: '0.02 in USD per million tokens', amount: 220 },
    ...{ basis: 'priced', outcome: 'kept', requestId: 'req_1', offline: false },
    at: '2026-11-24T09:00:00.000Z',
  });
});

it('charges what the server names, whatever else it says', () => {
  for (const rate of [null, OWN_SERVER])
    expect(charges(rate).answered(answer({ billed: 77, usage: null }), 'kept')).toMatchObject({
      ...{ amount: 77, basis: 'billed', quantity: null },
    });
});

it('charges nothing on a server of one’s own, told or not', () => {
  for (const usage of [plainUsage(11, 0), null])
    expect(charges(OWN_SERVER, 'nomic').answered(answer({ usage }), 'kept')).toMatchObject({
      ...{ amount: 0, basis: 'priced' },
    });
});

it('goes by the model that was asked for where the one that answered is not known', () => {
  expect(charges().answered(answer({ model: 'my-deployment' }), 'kept')).toMatchObject({
    ...{ amount: 220, basis: 'priced', model: 'my-deployment' },
  });
});

it('is an estimate, and unknown, where no price or no usage is known', () => {
  expect(charges(null, 'nomic').answered(answer({ model: 'nomic' }), 'kept')).toMatchObject({
    ...{ amount: 11 * 200, basis: 'unknown' },
  });
  expect(charges().answered(answer({ usage: null }), 'failed')).toMatchObject({
    ...{ amount: 12 * 20, basis: 'unknown', outcome: 'failed' },
  });
  expect(charges().lost()).toMatchObject({
    ...{ amount: 12 * 20, basis: 'unknown', outcome: 'lost', quantity: null, requestId: null },
  });
});

it('can cost no more than a token a byte', () => {
  expect(charges().most()).toBe((45 + 10) * 20);
  expect(charges(parseTextRate('1/2')).most()).toBe((45 + 10) * 1_000);
  expect(charges(OWN_SERVER).most()).toBe(0);
  const { amount } = charges().answered(answer({ usage: plainUsage(47, 0) }), 'kept');
  expect(charges().most()).toBeGreaterThanOrEqual(amount);
});
