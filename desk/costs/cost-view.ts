import type { Context } from 'hono';
import { type CostKey } from '../../contract/money/charge.js';
import { CHARGE_STEP_LABEL, type ChargeStep } from '../../contract/states.js';
import type { CostQuery } from '../../services/archive/ledger/ledger.js';
import { parameter } from '../http/bad-request.js';
import { isHandle } from '../kit/addresses.js';
import { addressWith } from '../kit/room-page.js';
import { costQuery } from '../reading/queries.js';
import { plannerWords } from '../batches/batch-words.js';

/** Which costs a page shows, as its address says it. */
export interface CostView {
  readonly by: CostKey;
  /** As it was asked for: a date of UTC, or a time; null for the very beginning. */
  readonly since: string | null;
  /** Of one account; null for all. */
  readonly account: string | null;
  /** What stand-ins charged is a rehearsal; null for what there is: without real money that one. */
  readonly money: 'real' | 'rehearsal' | null;
}

/** @throws BadRequest naming what can't be used */
export function readCostView(c: Context): { view: CostView; query: CostQuery } {
  const [since, account, money] = [parameter(c, 'since'), parameter(c, 'account'), parameter(c, 'money')];
  const { by, since: from } = costQuery({ by: parameter(c, 'by'), since });
  const view: CostView = {
    by,
    since: since ?? null,
    account: account !== undefined && isHandle(account) ? account : null,
    money: money === 'real' || money === 'rehearsal' ? money : null,
  };
  const query = { by, ...(from && { since: from }), ...(view.account !== null && { account: view.account }) };
  return { view, query };
}

export const costsPath = ({ by, ...view }: CostView, part?: 'now'): string =>
  addressWith('/desk/costs', { by: by === 'day' ? null : by, ...view, part });

/** The page of what a row sums, or a column: of many days it is `2026-11-01..2026-11-07`. */
export const rowPath = (view: CostView, key: string): string =>
  addressWith('/desk/costs/row', { ...view, key });

const DAY = String.raw`\d{4}-\d{2}-\d{2}`;
const DAYS = new RegExp(`^(${DAY})(?:\\.\\.(${DAY}))?$`);
const DAY_MS = 86_400_000;

/** What a row sums, as a question to the ledger; null for a day that is none. */
export function rowQuery({ by, since, ...query }: CostQuery, key: string): CostQuery | null {
  if (by !== 'day') return { ...query, ...(since && { since }), by: 'payer', only: { by, key } };
  const [, first, last = first] = DAYS.exec(key) ?? [];
  const [from, to] = [Date.parse(first ?? ''), Date.parse(last ?? '') + DAY_MS];
  if (Number.isNaN(from) || Number.isNaN(to)) return null;
  // The first day of those that are shown may begin later than at midnight.
  const begin = new Date(Math.max(from, Date.parse(since ?? '') || from)).toISOString();
  return { ...query, by: 'payer', since: begin, until: new Date(to).toISOString() };
}

/** A row's key for people. */
export function costLabel(by: CostKey, key: string): string {
  switch (by) {
    case 'account':
      return `@${key}`;
    case 'planner':
      // What no planner caused.
      return key === '(chat)' ? 'Chats' : plannerWords(key);
    case 'step':
      return CHARGE_STEP_LABEL[key as ChargeStep] ?? key;
    case 'day':
      return key.replace('..', ' to ');
    case 'model':
      return key;
  }
}
