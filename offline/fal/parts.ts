import type { FaultBook } from '../faults.js';
import type { Pace } from '../latency.js';
import type { BillingLedger } from '../ledger.js';
import type { Terms } from '../terms.js';
import type { Files } from './files.js';
import type { Jobs } from './jobs.js';
import type { Studio } from './studio.js';

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
