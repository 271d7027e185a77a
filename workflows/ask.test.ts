import { describe, expect, it } from 'vitest';
import type { TextAttempt } from '../activities/paid-text.js';
import { askUntilKept, type AskedRow } from './ask.js';
import { Blocked, blockingError } from './blocked.js';

const attempt = (change: Partial<TextAttempt<string>>): TextAttempt<string> => ({
  value: null,
  reason: null,
  lost: false,
  charges: [],
  provider: 'openai',
  model: 'gpt-6-luna',
  seconds: 1,
  prompt: 'plan@1',
  offline: true,
  at: '2026-11-24T09:00:00Z',
  ...change,
});
const kept = attempt({ value: 'a text' });
const bad = (reason: string) => attempt({ reason });
const lost = attempt({ reason: 'the answer was lost', lost: true });

const row = (attempts: number): AskedRow => ({
  charges: [],
  attempts,
  provider: null,
  model: null,
  apiSeconds: null,
  at: null,
  note: null,
});

/** Asks with these answers; tells what each ask was given and what was heard. */
async function run(before: number, ...answers: TextAttempt<string>[]) {
  const asks: [number, string | null][] = [];
  const heard: TextAttempt<string>[] = [];
  const left = [...answers];
  const asked = askUntilKept<string, TextAttempt<string>>(
    row(before),
    (number, again) => {
      asks.push([number, again]);
      return Promise.resolve(left.shift() as TextAttempt<string>);
    },
    (one) => heard.push(one),
  );
  return { value: await asked.catch((error: unknown) => error), asks, heard };
}

describe('askUntilKept', () => {
  it('asks once for an answer that can be kept', async () => {
    expect(await run(0, kept)).toEqual({ value: 'a text', asks: [[1, null]], heard: [kept] });
  });

  it('passes on why the answer before could not be used', async () => {
    const { value, asks, heard } = await run(0, bad('off the mix'), bad('a title is taken'), kept);
    expect(value).toBe('a text');
    expect(asks).toEqual([
      [1, null],
      [2, 'off the mix'],
      [3, 'a title is taken'],
    ]);
    expect(heard).toHaveLength(3);
  });

  it('has nothing to tell the model after a lost answer', async () => {
    const { value, asks } = await run(0, lost, kept);
    expect(value).toBe('a text');
    expect(asks).toEqual([
      [1, null],
      [2, null],
    ]);
  });

  it('still tells the model what to mend when the answer to that was lost', async () => {
    const { asks } = await run(0, bad('one'), lost, kept);
    expect(asks[2]).toEqual([3, 'one']);
  });

  it('waits for a person after three answers, all of them heard', async () => {
    const { value, asks, heard } = await run(0, bad('one'), lost, bad('the third'), kept);
    expect(value).toBeInstanceOf(Blocked);
    expect(blockingError(value)).toEqual({
      type: 'Output.NotUsable',
      message: '3 answers could not be used; the last: the third',
      requestId: null,
    });
    expect(asks).toHaveLength(3);
    expect(heard).toHaveLength(3);
  });

  it('goes on counting where the tries before ended, with three more', async () => {
    const { value, asks } = await run(3, bad('one'), bad('two'), bad('three'), kept);
    expect(asks.map(([number]) => number)).toEqual([4, 5, 6]);
    expect(asks[0]).toEqual([4, null]);
    expect(value).toBeInstanceOf(Blocked);
  });

  it('does not hide that a call failed', async () => {
    const failure = new Error('quota');
    const asked = askUntilKept<string, TextAttempt<string>>(row(0), () => Promise.reject(failure));
    await expect(asked).rejects.toBe(failure);
  });
});
