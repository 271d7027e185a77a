import { ActivityFailure, RetryState, TimeoutFailure, TimeoutType } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import type { CallFacts } from '../../activities/attempt.js';
import type { TextAttempt } from '../../activities/paid-text.js';
import type { Charge } from '../../contract/money/charge.js';
import { Blocked, blockingError } from '../blocked.js';
import { askForText, MOST_DEATHS, type Question } from './ask.js';
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
async function ask(before: PaidRow, ...answers: (TextAttempt<string> | Error)[]) {
  const row = createCell(before);
  const questions: Question[] = [];
  const left = [...answers];
  const result: unknown = await askForText<string>({
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
