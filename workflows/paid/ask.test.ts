import { describe, expect, it, vi } from 'vitest';
import type { CallFacts } from '../../activities/attempt.js';
import type { TextAttempt } from '../../activities/paid-text.js';
import { charge as sampleCharge } from '../../services/archive/sample-records.js';
import { Blocked, blockingError } from '../blocked.js';
import { createCell } from '../cell.js';
import { askForText, MOST_DEATHS, type PaidQuestion, type TextOrder } from './ask.js';
import { newPaidRow, type PaidRow } from './row.js';
import { bug, died } from './testing/failures.js';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  sleep: () => Promise.resolve(),
}));

type Order = Pick<TextOrder<string>, 'mends' | 'flaw' | 'tries' | 'recover'>;
type Try = TextAttempt<string>;

const facts: CallFacts = {
  charges: [],
  provider: 'openai',
  model: 'gpt-6-luna',
  seconds: 1,
  prompt: 'plan@1',
  offline: true,
  at: '2026-11-24T09:00:00Z',
};
const kept = (value: string, ...misses: string[]) => ({ ...facts, outcome: 'kept', value, misses }) as const;
const useless = (reason: string): Try => ({ ...facts, outcome: 'not_usable', reason });
const lost: Try = { ...facts, outcome: 'lost', reason: 'the answer was lost' };
const error = { type: 'Provider.Authentication', message: 'wrong key', requestId: null };
const notSent: Try = { ...facts, outcome: 'not_sent', then: 'again', error };
const blocked: Try = { ...facts, outcome: 'turned_away', then: 'block', afterMs: null, error };
const charge = sampleCharge('plan', { key: 'k/1', basis: 'unknown' });

/** Asks with these answers; tells what came of it, and what each call was asked with. */
async function ask(order: Order, answers: readonly (Try | Error)[], before: PaidRow = newPaidRow()) {
  const row = createCell(before);
  const questions: PaidQuestion[] = [];
  const left = [...answers];
  const result = await askForText<string>({
    ...order,
    label: 'Draft',
    row,
    ask(question) {
      questions.push(question);
      const next = left.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next as Try);
    },
    settleLost: () => Promise.resolve([charge]),
  }).catch((thrown: unknown) => thrown);
  const { value } = result as { value?: string };
  return { result, value, questions, lasts: questions.map(({ last }) => last), row: row.value };
}

describe('a text', () => {
  it('is asked for once where the answer can be used', async () => {
    const { value, questions, row } = await ask({}, [kept('a text')]);
    expect(value).toBe('a text');
    expect(questions).toEqual([{ call: 1, again: null, last: false }]);
    expect(row).toMatchObject({ attempts: 1, calls: 1, note: 'prompt plan@1', provider: 'openai' });
  });

  it('is asked for again with what was wrong, each reason on the record', async () => {
    const answers = [useless('off the mix'), useless('a title is taken'), kept('a text')];
    const { value, questions, row } = await ask({}, answers);
    expect(value).toBe('a text');
    expect(questions).toEqual([
      { call: 1, again: null, last: false },
      { call: 2, again: 'off the mix', last: false },
      { call: 3, again: 'a title is taken', last: true },
    ]);
    expect(row.note).toBe('prompt plan@1; try 1: off the mix; try 2: a title is taken');
  });

  it.each([
    ['nothing', [lost, kept('a')], null],
    ['what was wrong before it', [useless('one'), lost, kept('a')], 'one'],
  ])('after an answer that was lost tells the model %s', async (_what, answers, again) => {
    expect((await ask({}, answers)).questions.at(-1)?.again).toBe(again);
  });

  it('keeps the number of a call that was not sent, for which money may be held', async () => {
    const { questions, row } = await ask({}, [notSent, notSent, died, kept('a')]);
    expect(questions.map(({ call }) => call)).toEqual([1, 1, 1, 2]);
    expect(row).toMatchObject({ calls: 2 });
  });

  it('waits for a person after three paid answers of no use, and says what was wrong with each', async () => {
    const { result, lasts } = await ask({}, [useless('one'), lost, useless('three'), kept('a')]);
    expect(result).toBeInstanceOf(Blocked);
    const message = '3 paid answers could not be used: 1. one; 2. the answer was lost; 3. three';
    expect(blockingError(result)).toEqual({ type: 'Output.NotUsable', message, requestId: null });
    expect(lasts).toEqual([false, false, true]);
  });

  it('is asked for as often as its order says, each the last where that is one more', async () => {
    const { result, lasts } = await ask({ tries: 2 }, [useless('one'), useless('two')]);
    expect(blockingError(result)?.message).toBe('2 paid answers could not be used: 1. one; 2. two');
    expect(lasts).toEqual([false, true]);
  });

  it('that its dead worker has left is taken, and not asked for again', async () => {
    const recover = () => Promise.resolve({ ...kept('found'), charges: [charge] });
    const { value, questions, row } = await ask({ recover }, [died]);
    expect(value).toBe('found');
    expect(questions).toHaveLength(1);
    expect(row).toMatchObject({ attempts: 1, charges: [charge] });
  });

  it('is asked for again where its dead worker has left nothing', async () => {
    const recover = () => Promise.resolve(null);
    expect(await ask({ recover }, [died, kept('a text')])).toMatchObject({ value: 'a text' });
  });

  it('of a step that is resumed keeps the reasons of the tries before, and numbers no call twice', async () => {
    const before = await ask({}, [useless('one'), useless('two'), useless('three')]);
    const { questions, row } = await ask({}, [kept('a text')], before.row);
    expect(questions).toEqual([{ call: 4, again: null, last: false }]);
    expect(row.note).toBe('prompt plan@1; try 1: one; try 2: two; try 3: three');
    expect(row.attempts).toBe(4);
  });

  it('is asked for again when its worker was killed, which is no try of it, each call with its charge', async () => {
    const { value, questions, lasts, row } = await ask({}, [died, died, died, died, kept('a text')]);
    expect(value).toBe('a text');
    expect(questions.map(({ call }) => call)).toEqual([1, 2, 3, 4, 5]);
    expect(lasts).not.toContain(true);
    expect(row).toMatchObject({ attempts: 5, calls: 5, charges: [charge] });
  });

  it('that kills every worker is handed to a person in the end', async () => {
    const { result } = await ask({}, Array<Error>(3 * MOST_DEATHS).fill(died));
    expect(blockingError(result)).toMatchObject({ type: 'Output.NotUsable' });
  });

  it('does not hide an error of ours', async () => {
    expect((await ask({}, [bug])).result).toBe(bug);
  });
});

describe('a text that misses something', () => {
  const plan: Order = { mends: 2, flaw: 'is not fresh' };
  const [a1, a2] = [kept('a', 'long'), kept('a', 'long', 'loud')];
  const [b0, b1, b2] = [kept('b'), kept('b', 'long'), kept('b', 'long', 'loud')];
  const [once, twice, thrice] = [[false], [false, true], [false, false, true]];

  it('is asked for once more, with every miss named', async () => {
    const { result, questions, row } = await ask({}, [a2, b0]);
    expect(result).toMatchObject({ value: 'b', misses: [] });
    expect(questions[1]).toEqual({ call: 2, again: 'long; loud', last: true });
    expect(row.note).toBe('prompt plan@1; try 1: misses the house style: long; loud');
  });

  it('is asked for as often as its order says, until it misses nothing', async () => {
    const { result, questions, row } = await ask(plan, [a2, b1, kept('c')]);
    expect(result).toMatchObject({ value: 'c', misses: [] });
    expect(questions).toEqual([
      { call: 1, again: null, last: false },
      { call: 2, again: 'long; loud', last: false },
      { call: 3, again: 'long', last: true },
    ]);
    expect(row.note).toBe('prompt plan@1; try 1: is not fresh: long; loud; try 2: is not fresh: long');
  });

  it.each<[what: string, order: Order, answers: Try[], value: string, lasts: boolean[]]>([
    ['gives way to one with fewer misses', {}, [a2, b1], 'b', twice],
    ['is kept over one with more', {}, [a1, b2], 'a', twice],
    ['is kept over one of no use', {}, [a1, useless('not JSON')], 'a', twice],
    ['is kept over one that was lost', {}, [a1, lost], 'a', twice],
    ['is kept where the next is turned away for good', {}, [a1, blocked], 'a', twice],
    ['at the third try is kept as it is', {}, [lost, useless('not JSON'), a1], 'a', thrice],
    ['that may be mended twice is not where once was enough', plan, [a1, b0], 'b', [...once, false]],
    ['that may be mended twice is kept at its best', plan, [a2, b1, kept('c', 'long', 'loud')], 'b', thrice],
    ['that may be mended twice never blocks', plan, [a1, useless('not JSON'), lost], 'a', thrice],
    ['that may be mended twice never blocks on a key', plan, [a1, blocked], 'a', [...once, false]],
    ['that may be mended twice has no more tries than any other', plan, [lost, a1, b1], 'b', thrice],
    ['that may be mended twice ends with the third try', plan, [lost, useless('no'), a1], 'a', thrice],
  ])('%s', async (_what, order, answers, value, lasts) => {
    expect(await ask(order, answers)).toMatchObject({ value, lasts });
  });
});
