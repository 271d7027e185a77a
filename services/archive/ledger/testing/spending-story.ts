import fc from 'fast-check';
import { type BudgetState, type CallCost, type decideReservation } from '../decide-reservation.js';

/** A call of one of two batches, and what it will really cost; null where it is given back unpaid. */
interface Call extends CallCost {
  readonly batch: 0 | 1;
  readonly actual: number | null;
}

/** Two batches in one month, and calls in an order: each number takes the call of that index a step on. */
export interface Story {
  readonly batches: readonly [number, number];
  readonly month: number;
  readonly calls: readonly Call[];
  readonly steps: readonly number[];
}

const anyCall: fc.Arbitrary<Call> = fc
  .record({
    batch: fc.constantFrom(0 as const, 1 as const),
    amount: fc.integer({ min: 0, max: 10 }),
    more: fc.integer({ min: 0, max: 90 }),
    share: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 10 }),
  })
  .map(({ batch, amount, more, share }) => {
    const most = amount + more;
    return { batch, amount, most, actual: share === null ? null : Math.round(most * share) };
  });

const limit = fc.integer({ min: 0, max: 300 });

export const anyStory: fc.Arbitrary<Story> = fc.record({
  batches: fc.tuple(limit, limit),
  month: limit,
  calls: fc.array(anyCall, { minLength: 1, maxLength: 12 }),
  steps: fc.array(fc.nat(11), { maxLength: 60 }),
});

/** What went wrong, each a line or two of which call; empty lists where nothing did. */
export interface Outcome {
  /** Budgets of which more was spent than they have. */
  readonly overran: string[];
  /** Calls that were told to wait with nothing in flight. */
  readonly waitedForNothing: number[];
  /** Calls that were not granted in the end, alone, though the most that they cost did fit. */
  readonly unfairly: number[];
}

type Decide = typeof decideReservation;

/** Takes each step, ends what is in flight, and then asks again, one at a time, for each call that was not made. */
export function play({ batches, month, calls, steps }: Story, decide: Decide): Outcome {
  const outcome: Outcome = { overran: [], waitedForNothing: [], unfairly: [] };
  const held = new Set<number>();
  const made = new Set<number>();
  const spent = [0, 0];

  const sum = (of: (call: Call) => number, batch?: number): number =>
    [...held].reduce((total, index) => {
      const call = calls[index]!;
      return batch === undefined || call.batch === batch ? total + of(call) : total;
    }, 0);
  const budgets = (batch: 0 | 1): BudgetState[] => [
    {
      ...{ budget: 'batch', limit: batches[batch], spent: spent[batch]! },
      ...{ held: sum(({ amount }) => amount, batch), heldMost: sum(({ most }) => most, batch) },
    },
    {
      ...{ budget: 'month', limit: month, spent: spent[0]! + spent[1]! },
      ...{ held: sum(({ amount }) => amount), heldMost: sum(({ most }) => most) },
    },
  ];
  const ask = (index: number): void => {
    const call = calls[index]!;
    const answer = decide(call, budgets(call.batch));
    if (answer.granted) held.add(index);
    else if (answer.wait && held.size === 0) outcome.waitedForNothing.push(index);
  };
  const end = (index: number): void => {
    const { batch, actual } = calls[index]!;
    held.delete(index);
    made.add(index);
    spent[batch]! += actual ?? 0;
    for (const { budget, limit, spent: taken } of budgets(batch)) {
      if (limit !== null && taken > limit) outcome.overran.push(`${budget}: ${taken} of ${limit}`);
    }
  };

  for (const index of steps) {
    if (index >= calls.length || made.has(index)) continue;
    if (held.has(index)) end(index);
    else ask(index);
  }
  for (const index of [...held]) end(index);
  calls.forEach((call, index) => {
    if (made.has(index)) return;
    const fits = budgets(call.batch).every((state) => state.spent + call.most <= state.limit!);
    ask(index);
    if (fits && !held.has(index)) outcome.unfairly.push(index);
    if (held.has(index)) end(index);
  });
  return outcome;
}
