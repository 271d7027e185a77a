import fc from 'fast-check';
import { type BudgetState, type CallCost, type decideReservation } from '../decide-reservation.js';

/** Who makes a call: one of two batches, or the account's chats. */
type Spender = 0 | 1 | 'chats';

/** A call, and what it will really cost; null where it is given back unpaid. */
interface Call extends CallCost {
  readonly spender: Spender;
  readonly actual: number | null;
}

/** Two batches and the chats of a day in one month, and calls in an order: each number takes the call of that index a step on. */
export interface Story {
  readonly batches: readonly [number, number];
  readonly day: number;
  readonly month: number;
  readonly calls: readonly Call[];
  readonly steps: readonly number[];
}

const anyCall: fc.Arbitrary<Call> = fc
  .record({
    spender: fc.constantFrom<Spender>(0, 1, 'chats'),
    amount: fc.integer({ min: 0, max: 10 }),
    more: fc.integer({ min: 0, max: 90 }),
    share: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 10 }),
  })
  .map(({ spender, amount, more, share }) => {
    const most = amount + more;
    return { spender, amount, most, actual: share === null ? null : Math.round(most * share) };
  });

const limit = fc.integer({ min: 0, max: 300 });

export const anyStory: fc.Arbitrary<Story> = fc.record({
  batches: fc.tuple(limit, limit),
  day: limit,
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
export function play({ batches, day, month, calls, steps }: Story, decide: Decide): Outcome {
  const outcome: Outcome = { overran: [], waitedForNothing: [], unfairly: [] };
  const held = new Set<number>();
  const made = new Set<number>();
  const spent = { 0: 0, 1: 0, chats: 0 };

  const sum = (of: (call: Call) => number, spender?: Spender): number =>
    [...held].reduce((total, index) => {
      const call = calls[index]!;
      return spender === undefined || call.spender === spender ? total + of(call) : total;
    }, 0);
  const budgets = (spender: Spender): BudgetState[] => [
    {
      ...(spender === 'chats' ? { budget: 'day', limit: day } : { budget: 'batch', limit: batches[spender] }),
      ...{ spent: spent[spender], held: sum(({ amount }) => amount, spender) },
      heldMost: sum(({ most }) => most, spender),
    },
    {
      ...{ budget: 'month', limit: month, spent: spent[0] + spent[1] + spent.chats },
      ...{ held: sum(({ amount }) => amount), heldMost: sum(({ most }) => most) },
    },
  ];
  const ask = (index: number): void => {
    const call = calls[index]!;
    const answer = decide(call, budgets(call.spender));
    if (answer.granted) held.add(index);
    else if (answer.wait && held.size === 0) outcome.waitedForNothing.push(index);
  };
  const end = (index: number): void => {
    const { spender, actual } = calls[index]!;
    held.delete(index);
    made.add(index);
    spent[spender] += actual ?? 0;
    for (const { budget, limit, spent: taken } of budgets(spender)) {
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
    const fits = budgets(call.spender).every((state) => state.spent + call.most <= state.limit!);
    ask(index);
    if (fits && !held.has(index)) outcome.unfairly.push(index);
    if (held.has(index)) end(index);
  });
  return outcome;
}
