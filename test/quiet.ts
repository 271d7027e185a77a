import { IllegalStateError } from '@temporalio/worker';
import { quietRuntime } from '../workers/create-workers.js';

/** Has the SDK say warnings and worse only, in a process that other tests may share. Temporal's runtime lives as long as something uses it. */
export function keepQuiet(): void {
  try {
    quietRuntime();
  } catch (error) {
    if (!(error instanceof IllegalStateError)) throw error;
  }
}
