import { expect, it } from 'vitest';
import type { CostRow } from '../../contract/lists.js';
import { budgetLine, columnKey, dayColumns } from './day-columns.js';
import { roundTop } from './cost-charts.js';

const row = (key: string, costUsd: number, wastedUsd = 0): CostRow => {
  return { key, costUsd, wastedUsd, unknownUsd: 0, charges: 1 };
};

it('has a column for each day, also for those without a charge', () => {
  const columns = dayColumns([row('2026-02-27', 2, 0.5), row('2026-03-01', 1)], '2026-03-02');
  expect(columns.map(({ from, keptUsd, wastedUsd }) => `${from} ${keptUsd} ${wastedUsd}`)).toEqual([
    '2026-02-27 1.5 0.5',
    '2026-02-28 0 0',
    '2026-03-01 1 0',
    '2026-03-02 0 0',
  ]);
});

it('sums weeks where days are too many, and loses none', () => {
  const rows = [row('2026-01-01', 1), row('2026-03-31', 2), row('2026-12-31', 4)];
  const columns = dayColumns(rows, '2026-12-31');
  expect(columns.length).toBeLessThanOrEqual(62);
  expect(columns[0]).toMatchObject({ from: '2026-01-01', to: '2026-01-07' });
  expect(columns.at(-1)).toMatchObject({ to: '2026-12-31' });
  expect(columns.reduce((sum, { keptUsd }) => sum + keptUsd, 0)).toBe(7);
});

it('begins with the day that was asked for, shows a clock that runs ahead, and is empty where nothing was paid', () => {
  expect(dayColumns([row('2026-03-02', 1)], '2026-03-02', '2026-03-01')).toHaveLength(2);
  expect(dayColumns([row('2026-03-02', 1)], '2026-03-01').at(-1)).toMatchObject({ keptUsd: 1 });
  expect(dayColumns([], '2026-03-01')).toEqual([]);
});

it('draws the budget of a month as the even share of a column, and none where an account has no limit', () => {
  const now = new Date('2026-06-28T15:20:00.000Z');
  const [columns, none] = [dayColumns([row('2026-06-28', 1)], '2026-06-28'), { budget: { batch: 1 } }];
  const [ten, twenty] = [10e9, 20e9].map((month) => ({ budget: { batch: 1, month } }));
  expect(budgetLine([ten!, twenty!], columns, now)).toEqual({ monthUsd: 30, columnUsd: 1 });
  expect(budgetLine([ten!, none], columns, now)).toBeNull();
  expect(budgetLine([], columns, now)).toBeNull();
  const weeks = dayColumns([row('2026-01-01', 1)], '2026-06-28');
  expect(budgetLine([twenty!, ten!], weeks, now)?.columnUsd).toBeCloseTo(7, 9);
  expect(columnKey(weeks[0]!)).toBe('2026-01-01..2026-01-07');
});

it.each([
  [0, 1],
  [0.0042, 0.005],
  [0.74, 1],
  [1, 1],
  [1.01, 2],
  [23, 25],
  [260, 500],
])('puts %d under %d', (most, top) => expect(roundTop(most)).toBeCloseTo(top, 9));
