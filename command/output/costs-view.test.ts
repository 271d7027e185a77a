import { describe, expect, it } from 'vitest';
import type { CostRow, Costs } from '../../contract/lists.js';
import { costsCsv, costsView } from './costs-view.js';

const row = (key: string, change: Partial<CostRow> = {}): CostRow => ({
  ...{ key, costUsd: 0.0642, wastedUsd: 0, unknownUsd: 0, charges: 3 },
  ...change,
});
const costs = (change: Partial<Costs> = {}): Costs => ({
  ...{ rows: [row('2026-11-24')], total: row('total'), offlineCharges: 0 },
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
