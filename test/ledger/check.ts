import { expect } from 'vitest';
import { knownNano, type Charge } from '../../contract/money/charge.js';
import type { Fault, LedgerEntry } from '../../offline/stand-ins.js';
import type { Hold } from '../../services/archive/ledger/ledger.js';
import type { Life } from './temporal.js';
import type { Wire } from './wire.js';

interface Billed {
  readonly requestId: string;
  readonly key: string;
  readonly amount: number;
  /** Somebody whose work counts was told what it used; else its reply is lost, or did not say. */
  readonly told: boolean;
  /** The one who was told was killed afterwards. */
  readonly outlived: boolean;
}

/** The ledger call by call, without what was given back, and with who was told of it. */
export function billed(entries: readonly LedgerEntry[], { keys }: Wire, lives: readonly Life[]): Billed[] {
  return [...keys].flatMap(([requestId, key]) => {
    const amount = entries
      .filter((entry) => entry.requestId === requestId)
      .reduce((sum, entry) => sum + entry.amountNano, 0);
    if (amount === 0) return [];
    // Who wrote the charge down first decides, unless somebody after it was told more; one that was cut off before it could
    // has told nobody.
    const writers = lives.filter((life) => life.settled.has(key));
    const answers = (writers.length > 0 ? writers : lives.filter((life) => !life.dead))
      .flatMap((life) => life.answers.map((answer) => ({ ...answer, dead: life.dead })))
      .filter((answer) => answer.requestId === requestId);
    const first = answers.find(({ told }) => told) ?? answers[0];
    return [{ requestId, key, amount, told: first?.told ?? false, outlived: first?.dead ?? false }];
  });
}

/** What everything that was paid must come to. */
interface Books {
  readonly billed: readonly Billed[];
  readonly charges: readonly Charge[];
  readonly archived: readonly Charge[];
  readonly held: readonly Hold[];
}

/** Holds the record against the ledger. @throws AssertionError */
export function checkBooks({ billed: calls, charges, archived, held }: Books): void {
  const isKnown = ({ basis }: Charge): boolean => basis !== 'unknown';
  const keys = charges.map(({ key }) => key);
  expect(new Set(keys).size, 'a key is on the record twice').toBe(keys.length);

  const told = calls.filter((call) => call.told);
  const known = charges.filter(isKnown).map(({ key, requestId, amount }) => ({ key, requestId, amount }));
  expect(sorted(known), 'known charges are the calls whose bill was told').toEqual(
    sorted(told.map(({ key, requestId, amount }) => ({ key, requestId, amount }))),
  );
  expect(knownNano(charges), 'known total').toBe(sum(calls) - sum(calls.filter((call) => !call.told)));

  const unknown = charges.filter((charge) => !isKnown(charge));
  expect(
    unknown.filter(({ amount }) => amount <= 0),
    'an unknown charge is never 0',
  ).toEqual([]);
  const unknownKeys = new Set(unknown.map(({ key }) => key));
  const forgotten = calls.filter((call) => !call.told && !unknownKeys.has(call.key));
  expect(forgotten, 'a call was paid, its reply lost, and nothing on the record says so').toEqual([]);

  const short = (all: readonly Charge[]) =>
    sorted(all.map(({ key, amount, basis }) => ({ key, amount, basis })));
  expect(short(archived), 'the archive says the same as the workflow').toEqual(short(charges));
  expect(held, 'held back in the end').toEqual([]);
}

const sum = (calls: readonly Billed[]): number => calls.reduce((total, { amount }) => total + amount, 0);

const sorted = <T extends { readonly key: string }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));

/** Counts what has struck and what came of it, over all scenarios. */
export class Tally {
  readonly #counts = new Map<string, number>();

  readonly count = (what: string): void => {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  };

  countFaults(struck: readonly Fault[]): void {
    for (const { on, kind } of struck) this.count(`fault ${on} ${kind}`);
  }

  countCalls(entries: readonly LedgerEntry[], calls: readonly Billed[], charges: readonly Charge[]): void {
    for (const { amountNano, usage } of entries) {
      if (amountNano < 0) this.count('bill given back');
      if ((usage?.cached ?? 0) > 0) this.count('bill with cached tokens');
    }
    for (const { told, outlived, key } of calls) {
      const made = /\/(plan|draft)\//.test(key) ? 'text' : 'media';
      this.count(told ? `${made} known` : `${made} lost`);
      if (outlived) this.count(`${made} known by one who was killed`);
    }
    for (const { outcome } of charges) this.count(`charge ${outcome}`);
  }

  /** What of this was never counted. */
  missing(names: readonly string[]): string[] {
    return names.filter((name) => !this.#counts.has(name));
  }

  toString(): string {
    const rows = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return rows.map(([what, count]) => `${String(count).padStart(6)} ${what}`).join('\n');
  }
}
