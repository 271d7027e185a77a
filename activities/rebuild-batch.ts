import type { BatchInput, PostInput } from '../contract/batch.js';
import type { Charge } from '../contract/money/charge.js';
import { toUsd } from '../contract/money/nano.js';
import type { BatchStatus } from '../contract/status.js';
import type { BatchRecord } from '../services/archive/records/records.js';

/** What a run of a batch hands on to the next, as far as the record needs it. */
export interface Carried {
  /** How many records have been written. */
  readonly recorded: number;
  readonly plan: { readonly pages: readonly { readonly charges: readonly Charge[] }[] };
}

/** A batch from its own answer, where none of its runs that Temporal still knows wrote a record. Its next one replaces it. */
export function batchFromAnswer(
  input: BatchInput,
  carried: Carried | undefined,
  status: BatchStatus,
): BatchRecord {
  const charges = carried?.plan.pages.flatMap((page) => page.charges) ?? [];
  return { sequence: carried?.recorded ?? 0, status, account: input.account, charges };
}

/**
 * What one of its posts knows of a batch that Temporal has forgotten. Without a batch its posts have no account, and no
 * page. Any true record of the batch replaces it.
 */
export function batchFromPost(input: PostInput, createdAt: string): BatchRecord {
  const { batchId, account, planner, contentFormat, specialMessage, brief, repeat, offline, budget } = input;
  const status: BatchStatus = {
    id: batchId,
    account: account.handle,
    planner,
    mix: { [contentFormat]: 1 },
    specialMessage,
    brief,
    ...(repeat !== undefined && { repeat }),
    offline,
    status: 'failed',
    budgetUsd: toUsd(budget ?? account.budget.batch),
    costUsd: 0,
    unknownUsd: 0,
    counts: {},
    pipeline: [],
    posts: [],
    createdAt,
    error: {
      type: 'Batch.Forgotten',
      message: 'the archive was rebuilt when Temporal had forgotten this batch; only its posts are known',
      requestId: null,
    },
  };
  return { sequence: 0, status, account, charges: [] };
}
