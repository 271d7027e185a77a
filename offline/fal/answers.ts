import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { drop, type Env, type Fault } from '../faults.js';
import { FRAME_FIELDS } from './endpoints.js';
import type { FalInput, Job } from './jobs.js';

/** Where this server is reached, as the caller reached it; answers carry addresses under it. */
export const baseOf = (c: Context<Env>): string => `http://${c.req.header('host') ?? '127.0.0.1'}/fal`;

/** fal's answer to a fault: an error document, or a broken connection. */
export function faulted(c: Context<Env>, fault: Fault): Response {
  if (fault.kind !== 'status') return drop(c);
  const status = fault.status ?? 500;
  if (fault.retryAfter !== undefined) c.header('retry-after', String(fault.retryAfter));
  if (fault.code !== undefined) c.header('x-fal-error-type', fault.code);
  const body = fault.body ?? {
    detail: WORDS[status] ?? 'Internal server error',
    ...(fault.code && { error_type: fault.code }),
  };
  if (typeof body === 'string') return c.body(body, status as ContentfulStatusCode);
  return c.json(body as object, status as ContentfulStatusCode);
}

const WORDS: Readonly<Record<number, string>> = {
  401: 'No user found for Key ID and Secret',
  403: 'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.',
  404: 'Not Found',
  429: 'Too many requests',
  502: 'Runner returned an incomplete response',
  503: 'Runner disconnected',
  504: 'Gateway timeout',
};

/** The 422 of a job that ended with a model error: fal's list of details. */
export function modelError(c: Context<Env>, job: Job, failure: string): Response {
  c.header('x-fal-request-id', job.id);
  if (job.failedStatus !== undefined) return brokenJob(c, job, failure);
  c.header('x-fal-billable-units', job.failedBilled ? String(job.units) : '0');
  c.header('x-fal-retryable', 'false');
  const isFile = failure === 'file_download_error';
  const field = isFile ? inputField(job.input) : 'prompt';
  const detail = {
    loc: ['body', field],
    msg: MESSAGES[failure] ?? failure,
    type: failure,
    url: `https://docs.fal.ai/errors/#${failure}`,
    input: job.input[field] ?? null,
    ...(failure === 'content_policy_violation' && { ctx: {}, categories: ['violence'] }),
  };
  return c.json({ detail: [detail] }, 422);
}

/** A job that broke at its runner: an error of the gateway, which tells units only where they are billed. */
function brokenJob(c: Context<Env>, job: Job, failure: string): Response {
  if (job.failedBilled) c.header('x-fal-billable-units', String(job.units));
  c.header('x-fal-error-type', failure);
  const body = { detail: brokenWords(job), error_type: failure };
  return c.json(body, job.failedStatus as ContentfulStatusCode);
}

/** What the status of a broken job says of it. */
export const brokenWords = ({ failedStatus }: Job): string =>
  WORDS[failedStatus ?? 500] ?? 'Internal server error';

const MESSAGES: Readonly<Record<string, string>> = {
  content_policy_violation: 'The content could not be processed because it was flagged by a content checker.',
  file_download_error: 'Failed to download the file. Please check if the URL is accessible and try again.',
  no_media_generated: 'No media was generated. Please try again with a different prompt.',
};

const inputField = (input: FalInput): string =>
  FRAME_FIELDS.find((field) => input[field] !== undefined) ?? 'prompt';

/** The 422 of an input that lacks a field. */
export const missing = (c: Context<Env>, field: string, input: FalInput): Response =>
  c.json({ detail: [{ loc: ['body', field], msg: 'Field required', type: 'missing', input }] }, 422);

/** The 422 of a field that has none of the values of its enum. */
export const notOffered = (
  c: Context<Env>,
  field: string,
  input: FalInput,
  offered: readonly unknown[],
): Response => {
  const msg = `Input should be ${offered.map((value) => `'${String(value)}'`).join(', ')}`;
  return c.json({ detail: [{ loc: ['body', field], msg, type: 'literal_error', input: input[field] }] }, 422);
};
