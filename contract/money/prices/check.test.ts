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
const day = (date: string): number => Date.parse(date);

it('names each model once, with who uses it, its price, its day and its source', () => {
  const accounts = [account('night'), account('day', { draft: 'gpt-6.1-terra' })];
  expect(checkPrices(accounts, day('2026-11-24'))).toEqual([
    {
      ...{ model: 'gpt-6-luna', kind: 'text', accounts: ['night'] },
      unitPrice: '0.1 in, 0.01 cached, 0.5 out USD per million tokens',
      ...{ asOf: '2026-11-24', source: 'litellm', problem: null },
    },
    {
      ...{ model: 'gpt-6.1-terra', kind: 'text', accounts: ['day', 'night'] },
      unitPrice: '1 in, 0.05 cached, 5 out USD per million tokens',
      ...{ asOf: '2026-11-24', source: 'litellm', problem: null },
    },
    {
      ...{ model: 'fal-ai/flux/dev', kind: 'image', accounts: ['day', 'night'] },
      unitPrice: '0.025 USD per megapixel',
      ...{ asOf: '2026-11-24', source: 'litellm', problem: null },
    },
    {
      ...{ model: 'fal-ai/ltx-2.3/image-to-video', kind: 'video', accounts: ['day', 'night'] },
      unitPrice: '0.06 USD per second',
      ...{ asOf: '2026-11-24', source: 'fal pages', problem: null },
    },
  ]);
});

it('names the price of the text server, where that has one', () => {
  const accounts = [account('night', { plan: 'qwen3' })];
  const [luna, qwen, image] = checkPrices(accounts, day('2027-11-24'), OWN_SERVER);
  const own = { unitPrice: "0 USD, a server of one's own", asOf: null, source: null, problem: null };
  expect([luna, qwen]).toMatchObject([
    { model: 'gpt-6-luna', ...own },
    { model: 'qwen3', ...own },
  ]);
  expect(image).toMatchObject({ problem: 'old' });
});

it.each<[today: string, problem: 'old' | null]>([
  ['2026-11-24T00:00:00Z', null],
  ['2027-02-22T23:59:59Z', null], // the 90th day
  ['2027-02-23T00:00:00Z', 'old'], // the 91st
  ['2026-11-01T00:00:00Z', null], // a clock that is behind
])('on %s the price of 2026-11-24 is %s', (today, problem) => {
  const [first] = checkPrices([account('night')], day(today));
  expect(first).toMatchObject({ asOf: '2026-11-24', problem });
});

it('takes the dearest price of its kind for a model that the table lacks', () => {
  const models = { plan: 'llama-7', draft: 'llama-7', image: 'someone/paints', video: 'someone/films' };
  expect(checkPrices([account('night', models)], day('2026-11-24'))).toEqual(
    [
      ['llama-7', 'text', '10 in, 1 cached, 50 out USD per million tokens'],
      ['someone/paints', 'image', '0.3 USD per image'],
      ['someone/films', 'video', '0.682 USD per second'],
    ].map(([model, kind, unitPrice]) => ({
      ...{ model, kind, unitPrice, accounts: ['night'] },
      ...{ asOf: null, source: null, problem: 'missing' },
    })),
  );
});

it('names what answers readers, and what compares by meaning, where they may ask', () => {
  const chat = { enabled: true, dailyBudget: 1_000_000_000 };
  const asked = account('night', { chat: 'gpt-5.4-nano', embedding: 'text-embedding-3-small' });
  const namesOf = (one: Account): string[] =>
    checkPrices([one], day('2026-11-24')).map(({ kind, model, problem }) => `${kind} ${model} ${problem}`);
  expect(namesOf({ ...asked, chat })).toEqual(
    expect.arrayContaining(['text gpt-5.4-nano null', 'embedding text-embedding-3-small null']),
  );
  expect(namesOf({ ...asked, chat: { ...chat, enabled: false } }).join()).not.toMatch(/nano|embedding/);
  const unknown = { ...asked, chat, models: { ...asked.models, embedding: 'nomic-embed-text' } };
  expect(namesOf(unknown)).toContain('embedding nomic-embed-text missing');
});

it('knows a dated name of a text model', () => {
  const models = { plan: 'gpt-6-luna-2026-09-01', draft: 'gpt-6-luna-2026-09-01' };
  expect(checkPrices([account('night', models)], day('2026-11-24'))[0]).toMatchObject({ problem: null });
});

it('finds nothing where there is no account', () => {
  expect(checkPrices([], day('2026-11-24'))).toEqual([]);
});
