import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Env, type Fault, drop } from '../faults.js';
import type { BillingLedger, TokenUsage } from '../ledger.js';
import { costOf } from './prices.js';
import { RefusedBody } from './question.js';

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

/** What a body asks for, or the answer to one that can't be read. */
export async function bodyOf<T>(
  c: Context<Env>,
  read: (body: Record<string, unknown>) => T,
): Promise<T | Response> {
  try {
    return read((await c.req.json()) as Record<string, unknown>);
  } catch (error) {
    const { message, param } =
      error instanceof RefusedBody ? error : { message: 'The body is not JSON.', param: null };
    return errorAnswer(c, { status: 400, message, type: 'invalid_request_error', code: null, param });
  }
}

/** What a fault does in place of the answer, before or after the call was billed; null where it answers. */
export function unanswered(c: Context<Env>, fault: Fault | null, isBilled = false): Response | null {
  if (fault?.kind === (isBilled ? 'drop-after' : 'drop-before')) return drop(c);
  const isStatus = fault?.kind === 'status' && (fault.accepted ?? false) === isBilled;
  return isStatus ? faultAnswer(c, fault) : null;
}

export function unknownModel(c: Context<Env>, models: object, model: string): Response | null {
  if (Object.hasOwn(models, model)) return null;
  const message = `The model '${model}' does not exist or you do not have access to it.`;
  return errorAnswer(c, {
    status: 404,
    message,
    type: 'invalid_request_error',
    code: 'model_not_found',
    param: 'model',
  });
}

/** Writes the bill, before the answer is waited for: a caller that is gone by the end of it pays all the same. */
export function bill(
  c: Context<Env>,
  ledger: BillingLedger,
  { model, usage, tier }: { model: string; usage: TokenUsage; tier: string },
): void {
  ledger.bill({
    provider: 'openai',
    requestId: c.get('requestId'),
    model,
    quantity: usage.input + usage.output,
    amountNano: costOf(model, usage, tier),
    usage,
  });
}
