import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { CostRow, Costs } from '../../contract/lists.js';
import type { CheckedPrice } from '../../contract/money/prices/check.js';
import type { ReconciledPost, Reconciliation } from '../../contract/reconcile.js';
import { costsCsv, costsView, pricesView, reconcileView } from './money-view.js';

const row = (key: string, change: Partial<CostRow> = {}): CostRow => ({
  key,
  costUsd: 0.0642,
  wastedUsd: 0,
  unknownUsd: 0,
  charges: 3,
  ...change,
});
const costs = (change: Partial<Costs> = {}): Costs => ({
  rows: [row('2026-11-24')],
  total: row('total'),
  offlineCharges: 0,
  ...change,
});
const NONE = { rows: [], total: row('total', { costUsd: 0, charges: 0 }) };

describe('costsView', () => {
  it('has a row for each key and the total', () => {
    const small = row('2026-11-23', { costUsd: 0.0042, charges: 12 });
    const total = row('total', { costUsd: 0.0684, charges: 15 });
    expect(costsView(costs({ rows: [small, row('2026-11-24')], total }), { by: 'day' }).split('\n')).toEqual([
      'DAY            COST  CHARGES',
      '2026-11-23  $0.0042       12',
      '2026-11-24    $0.06        3',
      'total         $0.07       15',
    ]);
  });

  it('shows what was wasted and what is unknown where there is any', () => {
    const change = { wastedUsd: 0.02, unknownUsd: 0.4 };
    const both = costs({ rows: [row('draft', change), row('plan')], total: row('total', change) });
    expect(costsView(both, { by: 'step' })).toMatch(
      /^STEP +COST +WASTED +UNKNOWN +CHARGES\ndraft +\$0\.06 +\$0\.02 +\$0\.40 +3\nplan +\$0\.06 +\$0\.00 +\$0\.00 +3\n/,
    );
    const wasted = costs({ total: row('total', { wastedUsd: 0.02 }) });
    expect(costsView(wasted, { by: 'day' })).toMatch(/^DAY +COST +WASTED +CHARGES\n/);
  });

  const day = (change: Partial<Costs>, since?: string) => costsView(costs(change), { by: 'day', since });
  it('says how many charges of stand-ins it leaves out, and that there are no real costs', () => {
    expect(day({ offlineCharges: 1 })).toMatch(/3\n\n1 charge of stand-ins left out: not real money\.$/);
    expect(day(NONE)).toBe('No real costs yet.');
    const left = '21 charges of stand-ins left out: not real money.';
    expect(day({ ...NONE, offlineCharges: 21 })).toBe(`No real costs yet. ${left}`);
    const since = '2026-11-24T00:00:00.000Z';
    expect(day(NONE, since)).toBe('No real costs since 2026-11-24 00:00 UTC.');
  });
});

describe('costsCsv', () => {
  it('has a header, plain decimals to the nano-dollar, and quotes what needs it', () => {
    const rows = [
      row('a, "b"', { costUsd: 1e-9, wastedUsd: 1e-9 }),
      row('c', { unknownUsd: 1234.567890123 }),
    ];
    expect(costsCsv(rows, 'model').split('\n')).toEqual([
      'model,costUsd,wastedUsd,unknownUsd,charges',
      '"a, ""b""",0.000000001,0.000000001,0.000000000,3',
      'c,0.064200000,0.000000000,1234.567890123,3',
    ]);
    expect(costsCsv([], 'day')).toBe('day,costUsd,wastedUsd,unknownUsd,charges');
  });
});

const sums = {
  charges: 2,
  costUsd: 0.6203,
  unknownUsd: 0,
  providerUsd: 0.62,
  billedUsd: 0.62,
  differenceUsd: 0,
  unbilled: 0,
};
const post = (id: string, change: Partial<ReconciledPost> = {}): ReconciledPost => ({
  id,
  account: 'harbor',
  ...sums,
  ...change,
});
const answer = (change: Partial<Reconciliation> = {}, total: object = {}): Reconciliation => ({
  provider: 'fal',
  offline: false,
  posts: [post('AaaaAaaaAaaa')],
  total: { posts: 1, differing: 0, ...sums, ...total },
  notSeen: ['Text calls are not compared.'],
  checkedAt: '2026-11-24T10:00:00.000Z',
  ...change,
});

describe('reconcileView', () => {
  it('says in one line that all was billed as counted, and what was not seen', () => {
    const words = 'fal billed $0.62 for 2 charges of 1 post, to the nano-dollar as counted.';
    expect(reconcileView(answer())).toBe(`${words}\n\nNot seen:\n- Text calls are not compared.`);
  });

  it('has a row for each post that differs or waits, and the total', () => {
    const posts = [
      post('AaaaAaaaAaaa', { billedUsd: 0.558, differenceUsd: -0.062 }),
      post('BbbbBbbbBbbb', { billedUsd: 0.620000001, differenceUsd: 1e-9 }),
      post('CcccCcccCccc', { billedUsd: null, differenceUsd: null, unbilled: 2 }),
      post('DdddDdddDddd'),
    ];
    const total = { posts: 4, differing: 2, charges: 8, billedUsd: 1.79, differenceUsd: -0.062, unbilled: 2 };
    expect(reconcileView(answer({ posts }, total)).split('\n').slice(0, 7)).toEqual([
      'fal billed $1.79 for 8 charges of 4 posts, $0.06 less than counted: 2 posts billed other than counted. 2 charges without a bill so far.',
      '',
      'POST          ACCOUNT   COST  COUNTED  BILLED  DIFFERENCE  UNBILLED',
      'AaaaAaaaAaaa  @harbor  $0.62    $0.62   $0.56      -$0.06         0',
      'BbbbBbbbBbbb  @harbor  $0.62    $0.62   $0.62   +<$0.0001         0',
      'CcccCcccCccc  @harbor  $0.62    $0.62       -           -         2',
      'all 4                  $0.62    $0.62   $1.79      -$0.06         2',
    ]);
  });

  it('says that there is no bill, and nothing to compare', () => {
    const none = { billedUsd: null, differenceUsd: null, unbilled: 2 };
    expect(reconcileView(answer({ posts: [post('AaaaAaaaAaaa', none)] }, none))).toMatch(
      /^No bill of fal is known for 2 charges of 1 post, counted as \$0\.62\.\n\nPOST/,
    );
    expect(reconcileView(answer({ posts: [] }, { ...none, posts: 0, charges: 0, unbilled: 0 }))).toMatch(
      /^Nothing in the archive that fal could have billed\./,
    );
  });

  it("says that bills of a stand-in are nobody's money", () => {
    const text = reconcileView(answer({ offline: true }));
    expect(text).toMatch(/^the stand-in of fal billed \$0\.62/);
    expect(text).toMatch(/These are charges of a stand-in: nobody paid them\.$/);
  });
});

const colors = pc.createColors(false);
const today = Date.parse('2026-11-24T10:00:00Z');
const price = (change: Partial<CheckedPrice> = {}): CheckedPrice => ({
  model: 'fal-ai/flux/dev',
  kind: 'image',
  accounts: ['day', 'night'],
  problem: null,
  unitPrice: '0.025 USD per megapixel',
  asOf: '2026-11-24',
  source: 'litellm',
  ...change,
});

describe('pricesView', () => {
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
});
