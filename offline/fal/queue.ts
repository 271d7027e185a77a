import { Hono } from 'hono';
import { drop, type Env } from '../faults.js';
import { baseOf, brokenWords, faulted, missing, modelError, notOffered } from './answers.js';
import { acceptJob, failJob, removeJob } from './billing.js';
import { PLAYED_ENDPOINTS, wrongChoice } from './endpoints.js';
import { inferenceSeconds, stateOf, nameJob, type FalInput, type Job } from './jobs.js';
import { finished, InputFileError } from './studio.js';
import type { FalParts } from './parts.js';

/** queue.fal.run: submit, status, result and cancel. */
export function queueRoutes(parts: FalParts): Hono<Env> {
  const { faults } = parts;
  const app = new Hono<Env>();

  app.get('/:owner/:app/requests/:id/status', (c) => {
    const asked = known(parts, c.req.param('owner'), c.req.param('app'), c.req.param('id'));
    if (!asked) return c.json({ detail: 'Request not found' }, 404);
    const fault = faults.take('status', nameJob(asked));
    if (fault?.kind === 'completed-error') failJob(parts, asked, fault);
    else if (fault) return faulted(c, fault);
    const job = parts.jobs.get(asked.id) ?? asked;
    const state = stateOf(job);
    const body = {
      status: state,
      request_id: job.id,
      ...addresses(baseOf(c), job),
      ...(state === 'IN_QUEUE' && { queue_position: 0 }),
      ...(state !== 'IN_QUEUE' && { logs: c.req.query('logs') === '1' ? [] : null }),
      ...(state === 'COMPLETED' && { metrics: { inference_time: inferenceSeconds(job) }, ...errorOf(job) }),
    };
    c.header('x-fal-request-id', job.id);
    return c.json(body, state === 'COMPLETED' ? 200 : 202);
  });

  app.on('GET', ['/:owner/:app/requests/:id', '/:owner/:app/requests/:id/response'], async (c) => {
    const job = known(parts, c.req.param('owner'), c.req.param('app'), c.req.param('id'));
    if (!job) return c.json({ detail: 'Request not found' }, 404);
    const fault = faults.take('result', nameJob(job));
    if (fault && fault.kind !== 'completed-error' && fault.kind !== 'flagged') return faulted(c, fault);
    if (stateOf(job) !== 'COMPLETED') return c.json({ detail: 'Request is still in progress' }, 400);
    const failure = fault?.kind === 'completed-error' ? failJob(parts, job, fault) : job.failure;
    if (failure !== null) return modelError(c, parts.jobs.get(job.id) ?? job, failure);
    try {
      const data = await finished(parts, job, baseOf(c));
      c.header('x-fal-request-id', job.id);
      c.header('x-fal-billable-units', String(job.units));
      return c.json(fault ? { ...data, has_nsfw_concepts: [true] } : data);
    } catch (error) {
      if (!(error instanceof InputFileError)) throw error;
      return modelError(c, job, failJob(parts, job, { code: 'file_download_error' }));
    }
  });

  app.put('/:owner/:app/requests/:id/cancel', (c) => {
    const job = known(parts, c.req.param('owner'), c.req.param('app'), c.req.param('id'));
    if (!job) return c.json({ status: 'NOT_FOUND' }, 404);
    const fault = faults.take('cancel', nameJob(job));
    if (fault) return faulted(c, fault);
    const state = stateOf(job);
    if (state === 'COMPLETED') return c.json({ status: 'ALREADY_COMPLETED' }, 400);
    // A running job has only been asked to stop. Ours continues, which fal's may too.
    if (state === 'IN_PROGRESS') return c.json({ status: 'CANCELLATION_REQUESTED' }, 202);
    removeJob(parts, job);
    return c.json({ status: 'OK' });
  });

  app.post('/*', async (c) => {
    const id = c.req.path.replace(/^\/fal\/queue\.fal\.run\//, '');
    const endpoint = PLAYED_ENDPOINTS[id];
    if (!endpoint) return c.json({ detail: `Application '${id.slice(0, 100)}' not found` }, 404);
    const input: unknown = await c.req.json().catch(() => null);
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      return c.json({ detail: 'The body is not a JSON object' }, 422);
    }
    const fault = faults.take('submit', `${id} ${JSON.stringify(input)}`);
    if (fault && (fault.kind === 'drop-before' || (fault.kind === 'status' && !fault.accepted)))
      return faulted(c, fault);
    const lacking = endpoint.input.required.find((field) => !(input as FalInput)[field]);
    if (lacking) return missing(c, lacking, input as FalInput);
    const wrong = wrongChoice(endpoint.input, input as FalInput);
    if (wrong) return notOffered(c, wrong.field, input as FalInput, wrong.offered);
    const job = acceptJob(parts, id, endpoint, input as FalInput, fault);
    if (fault?.kind === 'drop-after') return drop(c);
    if (fault?.kind === 'status') return faulted(c, fault);
    c.header('x-fal-request-id', job.id);
    return c.json({
      status: 'IN_QUEUE',
      request_id: job.id,
      ...addresses(baseOf(c), job),
      queue_position: 0,
    });
  });

  return app;
}

/** Status, result and cancel are asked for by owner and app: the rest of the endpoint's path is dropped. */
function known({ jobs }: FalParts, owner: string, app: string, id: string): Job | null {
  const job = jobs.get(id);
  return job && appOf(job) === `${owner}/${app}` ? job : null;
}

/** What a status says of a job that broke; of one whose model refused the input it says nothing. */
const errorOf = (job: Job): object =>
  job.failedStatus === undefined ? {} : { error: brokenWords(job), error_type: job.failure };

const appOf = (job: Job): string => job.endpoint.split('/').slice(0, 2).join('/');

function addresses(base: string, job: Job): Record<string, string> {
  const url = `${base}/queue.fal.run/${appOf(job)}/requests/${job.id}`;
  return { response_url: url, status_url: `${url}/status`, cancel_url: `${url}/cancel` };
}
