import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BudgetState, decideReservation } from './decide-reservation.js';
import { anyStory, play, type Outcome } from './testing/spending-story.js';

const state = (limit: number | null, spent: number, held = 0, heldMost = held): BudgetState => ({
  ...{ budget: 'batch', limit, spent, held, heldMost },
});
const month = (...figures: Parameters<typeof state>): BudgetState => ({
  ...state(...figures),
  budget: 'month',
});
const call = { amount: 10, most: 40 };
const refusal = (wait: boolean, taken: number, needed: number, budget = 'batch') => ({
  ...{ granted: false, wait, budget, limit: 100, taken, needed },
});

describe('a call', () => {
  it.each([
    ['has room for the most of all in flight, to the nano-dollar', state(100, 20, 10, 40)],
    ['has no limit', state(null, 1_000, 1_000)],
  ])('is granted where it %s', (_, budget) => {
    expect(decideReservation(call, [budget])).toEqual({ granted: true });
  });

  it.each([
    ['what is spent', state(100, 91), 91],
    ['what is expected of those in flight', state(100, 50, 41, 41), 91],
  ])('whose expected cost does not fit beside %s is refused', (_, budget, taken) => {
    expect(decideReservation(call, [budget])).toEqual(refusal(false, taken, 10));
  });

  it('waits where those in flight may end for less than their most', () => {
    expect(decideReservation(call, [state(100, 20, 10, 41)])).toEqual(refusal(true, 30, 40));
    expect(decideReservation(call, [state(100, 60, 10, 10)])).toEqual(refusal(true, 70, 40));
  });

  it('whose most does not fit even alone is refused, whatever is in flight', () => {
    expect(decideReservation(call, [state(100, 61)])).toEqual(refusal(false, 61, 40));
    expect(decideReservation(call, [state(100, 61, 10, 10)])).toEqual(refusal(false, 71, 40));
  });

  it('is judged by every budget: a refusal comes before a wait, the first named one before the second', () => {
    const [waits, refuses] = [state(100, 20, 10, 41), state(100, 91)];
    expect(decideReservation(call, [waits, month(100, 91)])).toEqual(refusal(false, 91, 10, 'month'));
    const later = refusal(true, 70, 40, 'month');
    expect(decideReservation(call, [state(100, 0), month(100, 60, 10)])).toEqual(later);
    expect(decideReservation(call, [waits, month(100, 60, 10)])).toEqual(refusal(true, 30, 40));
    expect(decideReservation(call, [refuses, month(100, 99)])).toEqual(refusal(false, 91, 10));
  });
});

describe('calls in any order, each of which costs anything up to its most', () => {
  const runs = { numRuns: 1_000 };

  it('never overrun a budget, and never wait with nothing in flight; what fits in the end is granted', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const fair = { overran: [], waitedForNothing: [], unfairly: [] };
        expect(play(story, decideReservation)).toEqual(fair);
      }),
      runs,
    );
  });

  /** Whether a rule that is not ours goes wrong. */
  const fails = (rule: typeof decideReservation, what: keyof Outcome): boolean =>
    fc.check(
      fc.property(anyStory, (story) => play(story, rule)[what].length === 0),
      runs,
    ).failed;

  it('overrun one where only their expected costs are held back', () => {
    const byExpected: typeof decideReservation = ({ amount }, budgets) => {
      const expected = budgets.map((budget) => ({ ...budget, heldMost: budget.held }));
      return decideReservation({ amount, most: amount }, expected);
    };
    expect(fails(byExpected, 'overran')).toBe(true);
  });

  it('wait without end where a wait is told from nothing but the room that is left', () => {
    const alwaysWait: typeof decideReservation = (cost, budgets) => {
      const answer = decideReservation(cost, budgets);
      return answer.granted ? answer : { ...answer, wait: true };
    };
    expect(fails(alwaysWait, 'waitedForNothing')).toBe(true);
  });
});
