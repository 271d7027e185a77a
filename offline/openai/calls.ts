import type { Context } from 'hono';
import { drop, type Env } from '../drop.js';
import type { Fault } from '../faults.js';
import type { BillingLedger, TokenUsage } from '../ledger.js';
import { errorAnswer, faultAnswer } from './errors.js';
import { costOf } from './prices.js';
import { RefusedBody } from './question.js';

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
    ...{ status: 404, message, type: 'invalid_request_error', code: 'model_not_found', param: 'model' },
  });
}

/** Writes the bill, before the answer is waited for: a caller that is gone by the end of it pays all the same. */
export function bill(
  c: Context<Env>,
  ledger: BillingLedger,
  { model, usage, tier }: { model: string; usage: TokenUsage; tier: string },
): void {
  ledger.bill({
    ...{ provider: 'openai', requestId: c.get('requestId'), model },
    ...{ quantity: usage.input + usage.output, amountNano: costOf(model, usage, tier), usage },
  });
}
