import type { BatchInput } from '../../contract/batch.js';
import { mixSize } from '../../contract/mix.js';
import { newMoney, type Money } from './money.js';
import { NO_ORDERS, type Orders } from './orders.js';
import { NO_PLAN, type BatchPlan } from './plan.js';
import { newPosts, type BatchPosts } from './posts.js';
import { NO_PROGRESS, type Progress } from './progress.js';
import { textLimits, type TextLimits } from '../text-limits.js';

/**
 * Everything a batch knows, in values that are each changed by the functions of their own file only. Plain JSON: all but the
 * input is carried over when the workflow continues as new.
 */
export interface Batch {
  readonly input: BatchInput;
  readonly createdAt: string;
  readonly progress: Progress;
  readonly plan: BatchPlan;
  readonly posts: BatchPosts;
  readonly money: Money;
  readonly orders: Orders;
  /** How many records have been written. */
  readonly recorded: number;
}

export const newBatch = (input: BatchInput, now: string): Batch => ({
  input,
  createdAt: now,
  progress: NO_PROGRESS,
  plan: NO_PLAN,
  posts: newPosts(now),
  money: newMoney(input.budget),
  orders: NO_ORDERS,
  recorded: 0,
});

export const limitsOf = ({ input }: Batch): TextLimits => textLimits(mixSize(input.mix));

/** What the next run is given beside the input. */
export type CarriedBatch = Omit<Batch, 'input'>;

export const carriedBy = ({ input: _input, ...rest }: Batch): CarriedBatch => rest;
