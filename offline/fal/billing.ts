import type { Fault } from '../faults.js';
import { PLAYED_ENDPOINTS, unitsOf, type PlayedEndpoint } from './endpoints.js';
import { isBilled, type FalInput, type Job } from './jobs.js';
import type { FalParts } from './parts.js';

/** Accepts a job and bills it; one that a fault makes fail is not billed. */
export function acceptJob(
  { jobs, ledger, pace, terms }: FalParts,
  id: string,
  endpoint: PlayedEndpoint,
  input: FalInput,
  fault: Fault | null,
): Job {
  const failure = fault?.kind === 'completed-error' ? codeOf(fault) : null;
  const failedStatus = failure === null ? undefined : fault?.status;
  const units = unitsOf(endpoint, input);
  const latencyMs = jobs.waitFor(terms.runners) + pace.of(endpoint.kind);
  const job = jobs.accept({
    endpoint: id,
    input,
    latencyMs,
    units,
    failure,
    failedStatus,
    discount: terms.discount,
  });
  if (failure === null)
    ledger.bill({
      provider: 'fal',
      requestId: job.id,
      model: id,
      quantity: units,
      amountNano: chargedFor(job),
    });
  return job;
}

/** Makes a job end with a model error, unbilled unless it was `accepted`, and says with which. */
export function failJob(
  parts: FalParts,
  job: Job,
  fault: Pick<Fault, 'code' | 'accepted' | 'status'>,
): string {
  const failure = codeOf(fault);
  const billed = job.failure === null ? fault.accepted === true : isBilled(job);
  if (isBilled(job) && !billed) giveBack(parts, job);
  parts.jobs.fail(job.id, { failure, billed, ...(fault.status !== undefined && { status: fault.status }) });
  return failure;
}

const codeOf = ({ code, status }: Pick<Fault, 'code' | 'status'>): string =>
  code ?? (status === undefined ? 'content_policy_violation' : 'runner_server_error');

/** Takes a job out of the queue before a runner has begun, unbilled. */
export function removeJob(parts: FalParts, job: Job): void {
  if (isBilled(job)) giveBack(parts, job);
  parts.jobs.remove(job.id);
}

const giveBack = ({ ledger }: FalParts, job: Job): void =>
  ledger.bill({
    provider: 'fal',
    requestId: job.id,
    model: job.endpoint,
    quantity: -job.units,
    amountNano: -chargedFor(job) - correctionsOf(job),
  });

/** Bills a job more afterwards, or less where `amountNano` is negative. @throws Error for a job that was not billed */
export function correctBill(
  { jobs, ledger }: Pick<FalParts, 'jobs' | 'ledger'>,
  id: string,
  amountNano: number,
): void {
  const job = jobs.get(id);
  if (!job || !isBilled(job)) throw new Error(`no job with request id '${id}' was billed`);
  if (!Number.isInteger(amountNano)) throw new Error(`amountNano '${amountNano}' is not a whole number`);
  ledger.bill({ provider: 'fal', requestId: id, model: job.endpoint, quantity: 0, amountNano });
  jobs.correct(id, amountNano);
}

/** Nano-USD by the list of a job that succeeds, rounded half up. */
export const priceOf = (job: Job): number =>
  Math.round(job.units * (PLAYED_ENDPOINTS[job.endpoint]?.unitNano ?? 0));

/** Nano-USD after the discount, rounded half up, without later corrections. */
export const chargedFor = (job: Job): number =>
  Math.round((priceOf(job) * (100 - (job.discount ?? 0))) / 100);

const correctionsOf = (job: Job): number =>
  (job.corrections ?? []).reduce((sum, { amount }) => sum + amount, 0);
