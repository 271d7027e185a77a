import { ActivityFailure, RetryState, TimeoutFailure, TimeoutType } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import type { CallFacts } from '../../activities/attempt.js';
import type { TextAttempt } from '../../activities/paid-text.js';
import type { Charge } from '../../contract/money/charge.js';
import { Blocked, blockingError } from '../blocked.js';
import { askForText, MOST_DEATHS, type Question, type TextOrder } from './ask.js';
import { createCell } from '../cell.js';
import { newPaidRow, type PaidRow } from './row.js';

const facts: CallFacts = {
  charges: [],
  provider: 'openai',
  model: 'gpt-6-luna',
  seconds: 1,
  prompt: 'plan@1',
  offline: true,
  at: '2026-11-24T09:00:00Z',
};
const kept = (value: string, ...misses: string[]): TextAttempt<string> => ({
  ...facts,
  outcome: 'kept',
  value,
  misses,
});
const useless = (reason: string): TextAttempt<string> => ({ ...facts, outcome: 'not_usable', reason });
const lost: TextAttempt<string> = { ...facts, outcome: 'lost', reason: 'the answer was lost' };
const blocked: TextAttempt<string> = {
  ...facts,
  outcome: 'turned_away',
  then: 'block',
  afterMs: null,
  error: { type: 'Provider.Authentication', message: 'wrong key', requestId: null },
};
const died = new ActivityFailure(
  ...(['Activity task failed', 'draft', '1', RetryState.TIMEOUT, 'worker'] as const),
  new TimeoutFailure('heartbeat', undefined, TimeoutType.HEARTBEAT),
);
const charge = { key: 'k/1', amount: 5, basis: 'unknown', provider: 'openai', model: 'm' } as Charge;

/** Asks with these answers; tells what each was asked with. */
const ask = (before: PaidRow, ...answers: (TextAttempt<string> | Error)[]) => askFor({}, before, ...answers);

async function askFor(
  order: Pick<TextOrder<string>, 'mends' | 'flaw' | 'tries' | 'recover'>,
  before: PaidRow,
  ...answers: (TextAttempt<string> | Error)[]
) {
  const row = createCell(before);
  const questions: Question[] = [];
  const left = [...answers];
  const result: unknown = await askForText<string>({
    ...order,
    label: 'Draft',
    row,
    ask(question) {
      questions.push(question);
      const next = left.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next as TextAttempt<string>);
    },
    settleLost: () => Promise.resolve([charge]),
  }).catch((error: unknown) => error);
  return { result, questions, row: row.value };
}

describe('a text', () => {
  it('is asked for once where the answer can be used', async () => {
    const { result, questions, row } = await ask(newPaidRow(), kept('a text'));
    expect(result).toMatchObject({ value: 'a text' });
    expect(questions).toEqual([{ call: 1, again: null, last: false }]);
    expect(row).toMatchObject({ attempts: 1, calls: 1, note: 'prompt plan@1', provider: 'openai' });
  });

  it('is asked for again with what was wrong, each reason on the record', async () => {
    const { result, questions, row } = await ask(
      newPaidRow(),
      useless('off the mix'),
      useless('a title is taken'),
      kept('a text'),
    );
    expect(result).toMatchObject({ value: 'a text' });
    expect(questions).toEqual([
      { call: 1, again: null, last: false },
      { call: 2, again: 'off the mix', last: false },
      { call: 3, again: 'a title is taken', last: true },
    ]);
    expect(row.note).toBe('prompt plan@1; try 1: off the mix; try 2: a title is taken');
  });

  it('tells the model nothing of an answer that was lost, and what was wrong before it', async () => {
    expect((await ask(newPaidRow(), lost, kept('a text'))).questions[1]?.again).toBeNull();
    expect((await ask(newPaidRow(), useless('one'), lost, kept('a text'))).questions[2]?.again).toBe('one');
  });

  it('waits for a person after three paid answers of no use, and says what was wrong with each', async () => {
    const { result, questions } = await ask(newPaidRow(), useless('one'), lost, useless('three'), kept('a'));
    expect(result).toBeInstanceOf(Blocked);
    expect(blockingError(result)).toEqual({
      type: 'Output.NotUsable',
      message: '3 paid answers could not be used: 1. one; 2. the answer was lost; 3. three',
      requestId: null,
    });
    expect(questions).toHaveLength(3);
  });

  it('is asked for as often as its order says, each the last where that is one more', async () => {
    const { result, questions } = await askFor({ tries: 2 }, newPaidRow(), useless('one'), useless('two'));
    expect(blockingError(result)?.message).toBe('2 paid answers could not be used: 1. one; 2. two');
    expect(questions.map(({ last }) => last)).toEqual([false, true]);
  });

  it('that its dead worker has left is taken, and not asked for again', async () => {
    const found = { ...facts, outcome: 'kept', value: 'found', misses: [], charges: [charge] } as const;
    const recover = () => Promise.resolve(found);
    const { result, questions, row } = await askFor({ recover }, newPaidRow(), died);
    expect(result).toMatchObject({ value: 'found' });
    expect(questions).toHaveLength(1);
    expect(row).toMatchObject({ attempts: 1, charges: [charge] });
  });

  it('is asked for again where its dead worker has left nothing', async () => {
    const recover = () => Promise.resolve(null);
    const { result } = await askFor({ recover }, newPaidRow(), died, kept('a text'));
    expect(result).toMatchObject({ value: 'a text' });
  });

  it('of a step that is resumed keeps the reasons of the tries before, and numbers no call twice', async () => {
    const before = await ask(newPaidRow(), useless('one'), useless('two'), useless('three'));
    const { questions, row } = await ask(before.row, kept('a text'));
    expect(questions).toEqual([{ call: 4, again: null, last: false }]);
    expect(row.note).toBe('prompt plan@1; try 1: one; try 2: two; try 3: three');
    expect(row.attempts).toBe(4);
  });

  it('is asked for again when its worker was killed, which is no try of it, each call with its charge', async () => {
    const { result, questions, row } = await ask(newPaidRow(), died, died, died, died, kept('a text'));
    expect(result).toMatchObject({ value: 'a text' });
    expect(questions.map(({ call, last }) => [call, last])).toEqual(
      [1, 2, 3, 4, 5].map((call) => [call, false]),
    );
    expect(row).toMatchObject({ attempts: 5, calls: 5, charges: [charge] });
  });

  it('that kills every worker is handed to a person in the end', async () => {
    const { result } = await ask(newPaidRow(), ...Array<Error>(3 * MOST_DEATHS).fill(died));
    expect(blockingError(result)).toMatchObject({ type: 'Output.NotUsable' });
  });

  it('does not hide an error of ours', async () => {
    const bug = new Error('a bug');
    expect((await ask(newPaidRow(), bug)).result).toBe(bug);
  });
});

describe('a text that misses the house style', () => {
  it('is asked for once more, with every miss named', async () => {
    const { result, questions, row } = await ask(newPaidRow(), kept('a', 'long', 'loud'), kept('b'));
    expect(result).toMatchObject({ value: 'b', misses: [] });
    expect(questions[1]).toEqual({ call: 2, again: 'long; loud', last: true });
    expect(row.note).toBe('prompt plan@1; try 1: misses the house style: long; loud');
  });

  it('is kept with fewer misses', async () => {
    const better = await ask(newPaidRow(), kept('a', 'long', 'loud'), kept('b', 'long'));
    expect(better.result).toMatchObject({ value: 'b' });
    const worse = await ask(newPaidRow(), kept('a', 'long'), kept('b', 'long', 'loud'));
    expect(worse.result).toMatchObject({ value: 'a' });
    expect(worse.questions).toHaveLength(2);
  });

  it.each([
    ['of no use', useless('not JSON')],
    ['lost', lost],
    ['turned away for good', blocked],
  ])('is kept where the one after it is %s', async (_how, second) => {
    const { result, questions } = await ask(newPaidRow(), kept('a', 'long'), second);
    expect(result).toMatchObject({ value: 'a' });
    expect(questions).toHaveLength(2);
  });

  it('at the third try is kept as it is', async () => {
    const { result, questions } = await ask(newPaidRow(), lost, useless('not JSON'), kept('a', 'long'));
    expect(result).toMatchObject({ value: 'a' });
    expect(questions).toHaveLength(3);
  });
});

describe('a text that may be mended twice', () => {
  const plan = { mends: 2, flaw: 'is not fresh' };

  it('is asked for until it misses nothing, at most three times in all', async () => {
    const { result, questions, row } = await askFor(
      plan,
      ...[newPaidRow(), kept('a', 'old', 'older'), kept('b', 'old'), kept('c')],
    );
    expect(result).toMatchObject({ value: 'c', misses: [] });
    expect(questions).toEqual([
      { call: 1, again: null, last: false },
      { call: 2, again: 'old; older', last: false },
      { call: 3, again: 'old', last: true },
    ]);
    expect(row.note).toBe('prompt plan@1; try 1: is not fresh: old; older; try 2: is not fresh: old');
    expect((await askFor(plan, newPaidRow(), kept('a', 'old'), kept('b'))).questions).toHaveLength(2);
  });

  it('is kept at its best, and never blocks', async () => {
    const stubborn = await askFor(
      plan,
      newPaidRow(),
      kept('a', '1', '2'),
      kept('b', '1'),
      kept('c', '1', '2'),
    );
    expect(stubborn.result).toMatchObject({ value: 'b', misses: ['1'] });
    const broken = await askFor(plan, newPaidRow(), kept('a', '1'), useless('not JSON'), lost);
    expect(broken.result).toMatchObject({ value: 'a' });
    expect((await askFor(plan, newPaidRow(), kept('a', '1'), blocked)).result).toMatchObject({ value: 'a' });
  });

  it('has no more tries than any other', async () => {
    const { result, questions } = await askFor(plan, newPaidRow(), lost, kept('a', '1'), kept('b', '1'));
    expect(result).toMatchObject({ value: 'b' });
    expect(questions.map(({ last }) => last)).toEqual([false, false, true]);
    const third = await askFor(plan, newPaidRow(), lost, useless('no'), kept('a', '1'));
    expect(third.result).toMatchObject({ value: 'a' });
    expect(third.questions).toHaveLength(3);
  });
});
