import pc from 'picocolors';
import { expect, it } from 'vitest';
import type { CheckedPrice } from '../../contract/money/prices/check.js';
import { pricesView } from './prices-view.js';

const colors = pc.createColors(false);
const today = Date.parse('2026-11-24T10:00:00Z');
const price = (change: Partial<CheckedPrice> = {}): CheckedPrice => ({
  ...{ model: 'fal-ai/flux/dev', kind: 'image', accounts: ['day', 'night'], problem: null },
  ...{ unitPrice: '0.025 USD per megapixel', asOf: '2026-11-24', source: 'litellm' },
  ...change,
});

it('has a row for each model and cites each source once', () => {
  const text = pricesView([price(), price({ model: 'fal-ai/flux/schnell' })], today, colors);
  const [head, first, , , source, ...rest] = text.split('\n');
  expect(head).toMatch(/^KIND +MODEL +PRICE +AS OF +SOURCE +ACCOUNTS$/);
  expect(first).toMatch(
    /^image +fal-ai\/flux\/dev +0\.025 USD per megapixel +2026-11-24 +litellm +@day, @night$/,
  );
  expect(source).toMatch(/^litellm: LiteLLM /);
  expect(rest).toEqual(['', 'Every price is known and at most 90 days old.']);
});

it('says of each problem what it is and what to do', () => {
  const missing = { asOf: null, source: null, problem: 'missing' } as const;
  const prices = [
    price({ model: 'gpt-6-luna', kind: 'text', asOf: '2026-08-01', problem: 'old' }),
    price({ asOf: '2026-08-05', source: 'fal catalogue', problem: 'old' }),
    price({ model: 'someone/films', kind: 'video', unitPrice: '0.682 USD per second', ...missing }),
  ];
  expect(pricesView(prices, today, colors).split('\n').slice(-3)).toEqual([
    'gpt-6-luna: its price is 115 days old. Renew the table with npm run prices -- VERSION DATE, of a newer LiteLLM.',
    'fal-ai/flux/dev: its price is 111 days old. Compare it with https://fal.ai/models/fal-ai/flux/dev, then correct price and date in contract/money/prices/by-hand.ts.',
    'someone/films: not in the price table; estimates take 0.682 USD per second, the dearest we know of its kind. Add it to contract/money/prices/by-hand.ts, or name another model in the account file.',
  ]);
});
