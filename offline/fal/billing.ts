import type { Fault } from '../faults.js';
import { ENDPOINTS, unitsOf, type Endpoint } from './endpoints.js';
import type { FalInput, Job } from './jobs.js';
import type { FalParts } from './parts.js';

/** Accepts a job and bills it; one that a fault makes fail is not billed. */
export function acceptJob(
  { jobs, ledger, pace }: FalParts,
  id: string,
  endpoint: Endpoint,
  input: FalInput,
  fault: Fault | null,
): Job {
  const failure = fault?.kind === 'completed-error' ? (fault.code ?? 'content_policy_violation') : null;
  const units = unitsOf(endpoint, input);
  const job = jobs.accept({ endpoint: id, input, latencyMs: pace.of(endpoint.kind), units, failure });
  if (failure === null)
    ledger.bill({ provider: 'fal', requestId: job.id, model: id, quantity: units, amountNano: priceOf(job) });
  return job;
}

/** Makes a job end with a model error, unbilled, and says with which. */
export function failJob(parts: FalParts, job: Job, fault: Pick<Fault, 'code'>): string {
  const failure = fault.code ?? 'content_policy_violation';
  if (job.failure === null) giveBack(parts, job);
  parts.jobs.fail(job.id, failure);
  return failure;
}

/** Takes a job out of the queue before a runner has begun, unbilled. */
export function removeJob(parts: FalParts, job: Job): void {
  if (job.failure === null) giveBack(parts, job);
  parts.jobs.remove(job.id);
}

const giveBack = ({ ledger }: FalParts, job: Job): void =>
  ledger.bill({
    provider: 'fal',
    requestId: job.id,
    model: job.endpoint,
    quantity: -job.units,
    amountNano: -priceOf(job),
  });

/** Nano-USD of a job that succeeds, rounded half up. */
export const priceOf = (job: Job): number => Math.round(job.units * (ENDPOINTS[job.endpoint]?.unitNano ?? 0));
