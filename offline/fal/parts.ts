import type { FaultBook } from '../faults.js';
import type { Pace } from '../latency.js';
import type { BillingLedger } from '../ledger.js';
import type { Files } from './files.js';
import type { Jobs } from './jobs.js';
import type { Studio } from './studio.js';

/** What the account has agreed with fal. A change counts for jobs that come after it. */
export class Terms {
  #discount = 0;
  #runners = Infinity;

  /** Percent off the list price. */
  get discount(): number {
    return this.#discount;
  }

  /** @throws Error for what is no percentage. */
  setDiscount(percent: number): void {
    if (!(typeof percent === 'number' && percent >= 0 && percent <= 100))
      throw new Error(`discount '${percent}' is not a percentage from 0 to 100`);
    this.#discount = percent;
  }

  /** How many jobs run at once; the others wait in the queue. */
  get runners(): number {
    return this.#runners;
  }

  /** @throws Error for what is no count. */
  setRunners(count: number): void {
    if (!(Number.isInteger(count) && count >= 1))
      throw new Error(`runners '${count}' is not a whole number from 1`);
    this.#runners = count;
  }
}

/** What fal's hosts share. */
export interface FalParts {
  readonly jobs: Jobs;
  readonly files: Files;
  readonly studio: Studio;
  readonly ledger: BillingLedger;
  readonly faults: FaultBook;
  readonly pace: Pace;
  readonly terms: Terms;
}
