import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BudgetLimits } from '../../contract/money/spend.js';

/** What every process of the test is told. Money is nano-USD. */
export interface Spending {
  readonly databaseUrl: string;
  /** Of the ledger and of the calls that are under way. */
  readonly folder: string;
  readonly account: string;
  readonly batches: readonly { readonly id: string; readonly limits: BudgetLimits }[];
  /** The dearest call, as expected, and how many times that a call can cost. */
  readonly dearest: number;
  readonly times: number;
  /** How long a call may hold money, and after what time it is no more made, ms. */
  readonly leaseMs: number;
  readonly patienceMs: number;
}

/** From the parent: work as this slot. A call that the slot's last worker was killed in is made to its end first, or dropped. */
export interface Work {
  readonly slot: number;
  readonly seed: number;
}

/** To the parent: what a worker has just done. */
export type Word =
  'ready' | 'reserved' | 'paid' | 'settled' | 'waits' | 'over batch' | 'over month' | 'over day';

/** A payment as the provider has it in its own books. */
export interface Payment {
  readonly key: string;
  readonly batchId: string;
  readonly amount: number;
}

/** The provider's own ledger: a file that only grows, a line a payment, on disk before the provider answers. */
const ledgerOf = (folder: string): string => join(folder, 'ledger');

export const pay = (folder: string, { key, batchId, amount }: Payment): void =>
  appendFileSync(ledgerOf(folder), `${key} ${batchId} ${amount}\n`, { flush: true });

export function paymentsIn(folder: string): Payment[] {
  if (!existsSync(ledgerOf(folder))) return [];
  const lines = readFileSync(ledgerOf(folder), 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const [key = '', batchId = '', amount] = line.split(' ');
    return { key, batchId, amount: Number(amount) };
  });
}
