import type { Charge } from '../../contract/money/charge.js';
import type { Fault, LedgerEntry } from '../../offline/stand-ins.js';
import type { Billed } from './check.js';

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
