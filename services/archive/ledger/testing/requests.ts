import { randomInt } from 'node:crypto';
import { newId } from '../../../../contract/ids.js';
import type { Payer } from '../../../../contract/money/spend.js';
import type { Refusal, Reservation, ReservationRequest } from '../ledger.js';

const id = (): string => newId(randomInt);

/** A post of a batch of its own. */
export const payerOf = (account: string = id(), postId: string | null = id()) => ({
  account,
  planner: 'inference',
  batchId: id(),
  postId,
});

/** A chat of its own. */
export const chatPayerOf = (account: string = id()) => ({
  account,
  planner: null,
  batchId: null,
  postId: null,
  chatId: id(),
});

/** Of 100 nano-USD for the batch and no limit for the month, unless told otherwise. */
export const request = (
  payer: Payer,
  amount: number,
  rest: Partial<ReservationRequest> = {},
): ReservationRequest => ({
  key: id(),
  payer,
  amount,
  offline: false,
  leaseMs: 60_000,
  limits: { batch: 100, month: null },
  ...rest,
});

export const GRANTED: Reservation = { granted: true };

export const refused = (
  budget: 'batch' | 'month' | 'day',
  limit: number,
  taken: number,
  needed: number,
): Refusal => ({ granted: false, wait: false, budget, limit, taken, needed });

export const waits = (...figures: Parameters<typeof refused>): Refusal => ({
  ...refused(...figures),
  wait: true,
});
