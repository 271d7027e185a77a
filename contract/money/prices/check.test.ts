import { expect, it } from 'vitest';
import { loadAccount } from '../../../config/accounts/load.js';
import type { Account, Models } from '../../account.js';
import { checkPrices } from './check.js';
import { OWN_SERVER } from './text-rate.js';

const sample = await loadAccount('accounts', 'crumbandcrust');
const account = (handle: string, models: Partial<Models> = {}): Account => ({
  ...sample,
  handle,
  chat: null,
  models: { ...sample.models, image: 'fal-ai/flux/dev', video: 'fal-ai/ltx-2.3/image-to-video', ...models },
});
const pricesOn = (day: string, ...accounts: Account[]) => checkPrices(accounts, Date.parse(day));
const TODAY = '2026-11-24';

const row = (kind: string, model: string, unitPrice: string, more: object = {}) => ({
  ...{ kind, model, unitPrice, accounts: ['day', 'night'], asOf: TODAY, source: 'litellm', problem: null },
  ...more,
});

it('names each model once, with who uses it, its price, its day and its source', () => {
  const luna = '0.1 in, 0.01 cached, 0.5 out USD per million tokens';
  const terra = '1 in, 0.05 cached, 5 out USD per million tokens';
  const clip = 'fal-ai/ltx-2.3/image-to-video';
  expect(pricesOn(TODAY, account('night'), account('day', { draft: 'gpt-6.1-terra' }))).toEqual([
    row('text', 'gpt-6-luna', luna, { accounts: ['night'] }),
    row('text', 'gpt-6.1-terra', terra),
    row('image', 'fal-ai/flux/dev', '0.025 USD per megapixel'),
    row('video', clip, '0.06 USD per second', { source: 'fal pages' }),
  ]);
  expect(pricesOn(TODAY)).toEqual([]);
});

it('names the price of the text server, where that has one', () => {
  const accounts = [account('night', { plan: 'qwen3' })];
  const [luna, qwen, image] = checkPrices(accounts, Date.parse('2027-11-24'), OWN_SERVER);
  const own = { unitPrice: "0 USD, a server of one's own", asOf: null, source: null, problem: null };
  expect(luna).toMatchObject({ model: 'gpt-6-luna', ...own });
  expect(qwen).toMatchObject({ model: 'qwen3', ...own });
  expect(image).toMatchObject({ problem: 'old' });
});

it.each<[today: string, problem: 'old' | null]>([
  ['2026-11-24T00:00:00Z', null],
  ['2027-02-22T23:59:59Z', null], // the 90th day
  ['2027-02-23T00:00:00Z', 'old'], // the 91st
  ['2026-11-01T00:00:00Z', null], // a clock that is behind
])('on %s the price of 2026-11-24 is %s', (today, problem) => {
  expect(pricesOn(today, account('night'))[0]).toMatchObject({ asOf: TODAY, problem });
});

it('takes the dearest price of its kind for a model that the table lacks', () => {
  const models = { plan: 'llama-7', draft: 'llama-7', image: 'someone/paints', video: 'someone/films' };
  const text = '10 in, 1 cached, 50 out USD per million tokens';
  const missing = { accounts: ['night'], asOf: null, source: null, problem: 'missing' };
  expect(pricesOn(TODAY, account('night', models))).toEqual([
    row('text', 'llama-7', text, missing),
    row('image', 'someone/paints', '0.3 USD per image', missing),
    row('video', 'someone/films', '0.682 USD per second', missing),
  ]);
});

it('names what answers readers, and what compares by meaning, where they may ask', () => {
  const namesWith = (enabled: boolean, embedding: string): string[] => {
    const chat = { enabled, dailyBudget: 1_000_000_000 };
    const rows = pricesOn(TODAY, { ...account('night', { chat: 'gpt-5.4-nano', embedding }), chat });
    return rows.map(({ kind, model, problem }) => `${kind} ${model} ${problem}`);
  };
  const known = namesWith(true, 'text-embedding-3-small');
  expect(known).toContain('text gpt-5.4-nano null');
  expect(known).toContain('embedding text-embedding-3-small null');
  expect(namesWith(false, 'text-embedding-3-small').join()).not.toMatch(/nano|embedding/);
  expect(namesWith(true, 'nomic-embed-text')).toContain('embedding nomic-embed-text missing');
});
