import { createFalClient, type FalClient } from '@fal-ai/client';
import { guardedFetch, httpFetch } from '../http-fetch.js';
import type { Secrets } from '../secrets.js';

/** What the headers of an answer tell that the client throws away. */
export interface FalReceipt {
  readonly status: number;
  readonly requestId: string | null;
  /** `x-fal-billable-units`: the metered quantity, a decimal in the endpoint's billing unit. */
  readonly units: string | null;
  readonly retryAfter: string | null;
}

/**
 * A submit that did not give a request id.
 *
 * It carries neither `code` nor `cause`: the client walks both and would POST again, which is a second charge.
 */
export class FalSubmitError extends Error {
  override name = 'FalSubmitError' as const;
  readonly status: number | null;
  readonly body: unknown;
  readonly receipt: FalReceipt | null;
  /** Nothing reached fal, so nothing was made. */
  readonly unsent: boolean;
  constructor(
    message: string,
    facts: { status?: number; body?: unknown; receipt?: FalReceipt; unsent?: boolean },
  ) {
    super(message);
    this.status = facts.status ?? null;
    this.body = facts.body ?? null;
    this.receipt = facts.receipt ?? null;
    this.unsent = facts.unsent ?? false;
  }
}

export interface FalClientOptions {
  readonly key: string;
  /** A server that plays every fal host as `<baseUrl>/<host>/…`; null for fal itself. */
  readonly baseUrl: string | null;
  /** What no answer's words may hold. */
  readonly secrets: Secrets;
  readonly isUnsent: (error: unknown) => boolean;
  readonly onReceipt?: (receipt: FalReceipt) => void;
}

const FAL_HOST = /^https:\/\/((?:[a-z]+\.)?fal\.(?:run|ai))\//;

/** The address of a fal host's path, on fal itself or behind a base URL. */
export const falUrl = (baseUrl: string | null, url: string): string =>
  baseUrl === null ? url : url.replace(FAL_HOST, (_match, host: string) => `${baseUrl}/${host}/`);

/**
 * A fal client whose submit is exactly one POST. The client's own retry of a submit is hard-coded and no option reaches
 * it (@fal-ai/client 1.10.1, `src/queue.ts`), so the `fetch` it is given throws an error that it does not know.
 */
export function makeFalClient(options: FalClientOptions): FalClient {
  return createFalClient({
    credentials: options.key,
    suppressLocalCredentialsWarning: true,
    fetch: oneSubmitFetch(options),
    requestMiddleware: (request) =>
      Promise.resolve({ ...request, url: falUrl(options.baseUrl, request.url) }),
  });
}

/** How long a submit is waited for, in ms: fal answers in a second, and holds what it can't take at once in its queue. */
const SUBMIT_MS = 300_000;

function withPatience(init: RequestInit): RequestInit {
  const patience = AbortSignal.timeout(SUBMIT_MS);
  return { ...init, signal: init.signal ? AbortSignal.any([init.signal, patience]) : patience };
}

function oneSubmitFetch(options: FalClientOptions): typeof fetch {
  const read = guardedFetch(fetch, options.secrets);
  const submit = guardedFetch(httpFetch, options.secrets);
  return async function fetchOnce(input, init) {
    const isSubmit = init?.method?.toUpperCase() === 'POST' && String(input).includes('queue.fal.run/');
    let response: Response;
    try {
      response = isSubmit ? await submit(input, withPatience(init)) : await read(input, init);
      // Read here: the client would POST again when a submit's answer breaks off, though the job was accepted.
      if (isSubmit && response.ok) response = await readWhole(response);
    } catch (error) {
      if (!isSubmit) throw error;
      throw new FalSubmitError(`no answer: ${whyOf(error)}`, { unsent: options.isUnsent(error) });
    }
    const receipt = receiptOf(response);
    options.onReceipt?.(receipt);
    if (isSubmit && !response.ok) {
      const body = await readBody(response);
      throw new FalSubmitError(`HTTP ${response.status}`, { status: response.status, body, receipt });
    }
    return response;
  };
}

async function readWhole(response: Response): Promise<Response> {
  return new Response((await response.text()) || null, response);
}

function receiptOf(response: Response): FalReceipt {
  const units = response.headers.get('x-fal-billable-units');
  return {
    status: response.status,
    requestId: response.headers.get('x-fal-request-id'),
    units: units !== null && /^\d+(\.\d+)?$/.test(units) ? units : null,
    retryAfter: response.headers.get('retry-after'),
  };
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

interface Failure {
  readonly code: string;
  readonly message: string;
}

function whyOf(error: unknown): string {
  const { code, cause, message } = error as Partial<Failure> & { cause?: Partial<Failure> };
  const named = typeof cause?.code === 'string' ? cause.code : cause?.message;
  return named ?? code ?? message ?? String(error);
}
