import type { Charge } from '../../../contract/money/charge.js';
import type { ChargeRow } from '../schema.js';

/** A charge as its columns, without whose it is. */
export function chargeValues(
  charge: Charge,
): Omit<ChargeRow, 'post_id' | 'batch_id' | 'chat_id' | 'account' | 'planner'> {
  const { unitPrice, requestId, key, step, provider, model, quantity, ...rest } = charge;
  const { amount, basis, outcome, prompt, offline, at } = rest;
  const columns = { key, step, provider, model, quantity, amount, basis, outcome, prompt, offline, at };
  return { ...columns, unit_price: unitPrice, request_id: requestId };
}

/** The charge of a row. */
export function chargeOf(row: ChargeRow): Charge {
  const { key, step, provider, model, quantity, amount, basis, outcome, prompt, offline, at } = row;
  const columns = { key, step, provider, model, quantity, amount, basis, outcome, prompt, offline, at };
  return { ...columns, unitPrice: row.unit_price, requestId: row.request_id };
}
