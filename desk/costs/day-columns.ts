import type { Account } from '../../contract/account.js';
import type { CostRow } from '../../contract/lists.js';
import { toUsd } from '../../contract/money/nano.js';

/** A column of the chart by day: a day, or as many as one column stands for. Amounts in US dollars. */
export interface Column {
  /** Its first day, `2026-11-24`. */
  readonly from: string;
  readonly to: string;
  readonly keptUsd: number;
  readonly wastedUsd: number;
  readonly unknownUsd: number;
}

export const DAY_MS = 86_400_000;
/** More columns than these are too thin to tell apart on a phone. */
const MOST_COLUMNS = 62;
/** A week, four weeks, and on. */
const SPANS = [1, 7, 28, 91, 364, 3_640];

/**
 * The rows of `costs` by day as columns without gaps: a day without a charge is a column of nothing. Where there are too many days,
 * a column stands for a week or more of them.
 *
 * @param since the first day, `2026-11-24`; the first row's when left out
 * @param until the last day
 */
export function dayColumns(rows: readonly CostRow[], until: string, since?: string): Column[] {
  const first = since ?? rows[0]?.key;
  if (first === undefined) return [];
  // A charge may be of a clock that runs ahead of ours.
  const last = [until, rows.at(-1)?.key ?? until].toSorted().at(-1)!;
  const days = Math.max(1, Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1);
  const span = SPANS.find((candidate) => days / candidate <= MOST_COLUMNS) ?? days;
  const columns: Column[] = [];
  for (let at = 0; at < days; at += span) {
    const from = dayAfter(first, at);
    const to = dayAfter(first, Math.min(at + span, days) - 1);
    const own = rows.filter(({ key }) => key >= from && key <= to);
    const sum = (amount: (row: CostRow) => number): number => own.reduce((all, row) => all + amount(row), 0);
    columns.push({
      from,
      to,
      keptUsd: sum((row) => row.costUsd - row.wastedUsd),
      wastedUsd: sum((row) => row.wastedUsd),
      unknownUsd: sum((row) => row.unknownUsd),
    });
  }
  return columns;
}

/** The days of a column as the key of a row: `2026-11-24`, or `2026-11-01..2026-11-07`. */
export const columnKey = ({ from, to }: Column): string => (from === to ? from : `${from}..${to}`);

/** What the budgets of a month leave for the days of a column, where each takes its even share. In US dollars. */
export interface BudgetLine {
  readonly monthUsd: number;
  readonly columnUsd: number;
}

/** Null where an account may spend what it likes, and where there is no account. */
export function budgetLine(
  accounts: readonly Pick<Account, 'budget'>[],
  [column]: readonly Column[],
  now: Date,
): BudgetLine | null {
  const months = accounts.flatMap(({ budget }) => budget.month ?? []);
  if (!column || months.length === 0 || months.length < accounts.length) return null;
  const monthUsd = toUsd(months.reduce((sum, month) => sum + month, 0));
  const columnDays = (Date.parse(column.to) - Date.parse(column.from)) / DAY_MS + 1;
  const monthDays = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate();
  return { monthUsd, columnUsd: (monthUsd / monthDays) * columnDays };
}

/** Its date in UTC, `2026-11-24`. */
export const dateOf = (time: Date): string => time.toISOString().slice(0, 10);

const dayAfter = (first: string, days: number): string => dateOf(new Date(Date.parse(first) + days * DAY_MS));
