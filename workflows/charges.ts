import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import type { Trace } from '../activities/lost-attempts.js';
import type { Charge } from '../contract/charge.js';

/** Puts charges on a row. A call has one charge: a later word on it, of a file that was fetched after all, replaces the first. */
export function putCharges(row: { readonly charges: Charge[] }, charges: readonly Charge[]): void {
  for (const charge of charges) {
    const index = row.charges.findIndex(({ key }) => key === charge.key);
    if (index < 0) row.charges.push(charge);
    else row.charges[index] = charge;
  }
}

/**
 * Takes the archive's word on charges that it has otherwise: an attempt that was killed wrote down what it really paid.
 *
 * @param stored undefined from a worker of before 0.2.
 * @returns whether anything changed
 */
export function agree(
  rows: readonly { readonly charges: Charge[] }[],
  stored: readonly Charge[] | undefined,
): boolean {
  let changed = false;
  for (const charge of stored ?? []) {
    const row = rows.find(({ charges }) => charges.some(({ key }) => key === charge.key));
    if (row) putCharges(row, [charge]);
    changed ||= row !== undefined;
  }
  return changed;
}

/** What the attempts of a failed text call may have paid: told by its failure, or by its last heartbeat when it died. */
export function chargesOfFailure(error: unknown): readonly Charge[] {
  const cause = error instanceof ActivityFailure ? error.cause : null;
  if (cause instanceof ApplicationFailure) {
    const [details] = (cause.details ?? []) as { lost?: readonly Charge[] }[];
    return details?.lost ?? [];
  }
  if (!(cause instanceof TimeoutFailure)) return [];
  const { lost = [], asking = null } = (cause.lastHeartbeatDetails ?? {}) as Partial<Trace>;
  return asking === null ? lost : [...lost, asking];
}
