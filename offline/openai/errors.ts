import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Env } from '../drop.js';
import type { Fault } from '../faults.js';

interface Problem {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly code: string | null;
  readonly param?: string | null;
}

/** OpenAI's error document. */
export function errorAnswer(
  c: Context<Env>,
  { status, message, type, code, param = null }: Problem,
): Response {
  return c.json({ error: { message, type, param, code } }, status as ContentfulStatusCode);
}

/** The answer to a `status` fault. */
export function faultAnswer(c: Context<Env>, fault: Fault): Response {
  const status = fault.status ?? 500;
  if (fault.retryAfter !== undefined) c.header('retry-after', String(fault.retryAfter));
  if (typeof fault.body === 'string') return c.body(fault.body, status as ContentfulStatusCode);
  if (fault.body !== undefined) return c.json(fault.body as object, status as ContentfulStatusCode);
  const code = fault.code ?? CODES[status] ?? null;
  const type = code === 'insufficient_quota' ? code : (TYPES[status] ?? 'server_error');
  return errorAnswer(c, {
    status,
    message: MESSAGES[code ?? ''] ?? 'The server had an error processing your request.',
    type,
    code,
  });
}

const CODES: Readonly<Record<number, string>> = {
  401: 'invalid_api_key',
  404: 'model_not_found',
  429: 'rate_limit_exceeded',
};
const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'invalid_request_error',
  403: 'invalid_request_error',
  404: 'invalid_request_error',
  429: 'requests',
};
const MESSAGES: Readonly<Record<string, string>> = {
  invalid_api_key: 'Incorrect API key provided.',
  model_not_found: 'The model does not exist or you do not have access to it.',
  rate_limit_exceeded: 'Rate limit reached for requests. Please try again later.',
  insufficient_quota: 'You exceeded your current quota, please check your plan and billing details.',
};
