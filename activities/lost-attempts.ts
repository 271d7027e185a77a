import { ApplicationFailure, type ApplicationFailureOptions } from '@temporalio/common';
import type { Charge } from '../contract/charge.js';
import type { Services } from '../services/services.js';
import type { PaidQuestion } from './paid-text.js';

/** What an attempt leaves for the next one, and for the workflow, in case it dies while the provider is at work. */
export interface Trace {
  /** Charges of attempts whose answer never came. */
  readonly lost: readonly Charge[];
  /** What the attempt that waits for its answer is charged with if that never comes. */
  readonly asking: Charge | null;
}

/** The attempts before this one whose answer never came, by what the last of them left. */
export function lostOf(trace: Trace | undefined): readonly Charge[] {
  if (!trace) return [];
  return trace.asking === null ? trace.lost : [...trace.lost, trace.asking];
}

/** How far back attempts are looked for; a step that was killed more often than that has other troubles. */
const LOOK_BACK = 100;

/**
 * Settles what attempts before this one may have paid. One that was killed after its answer had come has written down what
 * that really cost; one whose heartbeat never reached Temporal, which may be down itself, has left its hold or its charge.
 */
export async function settleLost<T>(
  { archive }: Services,
  { keyBase, spend: { payer } }: PaidQuestion<T>,
  { attempt, lost, asking }: { attempt: number; lost: readonly Charge[]; asking: Charge },
): Promise<Charge[]> {
  const told = lost.map(({ key }) => key);
  const untold: string[] = [];
  for (let before = Math.max(1, attempt - LOOK_BACK); before < attempt; before += 1) {
    const key = `${keyBase}/${before}`;
    if (!told.includes(key)) untold.push(key);
  }
  const found = await Promise.all(untold.map(async (key) => ({ key, ...(await archive.found(key)) })));
  const begun = found.flatMap(({ key, charge, held }) => (charge === null && held === null ? [] : key));
  const charges = [...lost, ...begun.map((key) => ({ ...asking, key }))];
  return charges.length > 0 ? archive.settle({ payer, charges }) : [];
}

/** How often a provider that turns a call away is asked before a person is: half an hour in all. */
const MAX_ATTEMPTS = 30;

/** Temporal retries without end, since an archive may be away for long; a provider is given up in time. */
export const bounded = (failure: ApplicationFailure, attempt: number): ApplicationFailure =>
  attempt < MAX_ATTEMPTS
    ? failure
    : changed(failure, { nonRetryable: true, message: `${failure.message} (tried ${attempt} times)` });

/** A failure that also tells what attempts before it may have paid. */
export function withLost(error: unknown, lost: readonly Charge[]): unknown {
  if (lost.length === 0 || !(error instanceof ApplicationFailure)) return error;
  const [details] = (error.details ?? []) as object[];
  return changed(error, { details: [{ ...details, lost }] });
}

const changed = (failure: ApplicationFailure, change: ApplicationFailureOptions): ApplicationFailure =>
  ApplicationFailure.create({
    message: failure.message,
    type: failure.type ?? undefined,
    nonRetryable: failure.nonRetryable ?? false,
    nextRetryDelay: failure.nextRetryDelay ?? undefined,
    details: failure.details ?? undefined,
    cause: failure.cause,
    ...change,
  });
