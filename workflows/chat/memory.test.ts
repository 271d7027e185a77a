import { describe, expect, it } from 'vitest';
import type { PastTurn } from '../../contract/chat.js';
import { lastQuestions, memoryOf, remember, rememberQuestion, type Memory } from './memory.js';

const turn = (number: number, visitor = 'a', change: Partial<PastTurn> = {}): PastTurn => ({
  turn: number,
  visitor,
  question: `question ${number}`,
  answer: `answer ${number}`,
  citedIds: [`post${number}`],
  ...change,
});
const remembered = (...turns: readonly PastTurn[]): readonly Memory[] =>
  turns.reduce<readonly Memory[]>(remember, []);
const counted = (count: number): PastTurn[] => Array.from({ length: count }, (_, at) => turn(at + 1));
const turnsOf = ({ last }: Memory): number[] => last.map((one) => one.turn);

describe('what a conversation remembers', () => {
  it('of a visitor it has not met is nothing', () => {
    expect(memoryOf([], 'a')).toEqual({ visitor: 'a', last: [], before: [] });
  });

  it('keeps the visitors apart, and puts what was answered late in its place', () => {
    const memories = remembered(turn(3), turn(2, 'b'), turn(1));
    expect(turnsOf(memoryOf(memories, 'a'))).toEqual([1, 3]);
    expect(JSON.stringify(memoryOf(memories, 'b'))).not.toMatch(/question [13]|answer [13]/);
  });

  it('is the last turns whole, and those before by question and citations alone', () => {
    const memory = memoryOf(remembered(...counted(6)), 'a');
    expect(turnsOf(memory)).toEqual([3, 4, 5, 6]);
    const short = (number: number) => ({ question: `question ${number}`, citedIds: [`post${number}`] });
    expect(memory.before).toEqual([short(1), short(2)]);
  });

  it('of before this workflow is the questions, up to a dozen', () => {
    const asked = counted(14).map(({ visitor, question, citedIds }) => ({ visitor, question, citedIds }));
    const { last, before } = memoryOf(asked.reduce<readonly Memory[]>(rememberQuestion, []), 'a');
    expect(last).toEqual([]);
    expect(before.map(({ question }) => question)).toEqual(asked.slice(2).map(({ question }) => question));
  });

  it('is bounded, however many visitors ask however much', () => {
    const long = { question: '\u{1f9c1}'.repeat(2_000), answer: 'word '.repeat(400) };
    const turns = Array.from({ length: 1_000 }, (_, at) => turn(at + 1, `visitor ${at % 20}`, long));
    const memories = remembered(...turns);
    expect(memories).toHaveLength(10);
    expect(Buffer.byteLength(JSON.stringify(memories))).toBeLessThan(200_000);
    // A character is never cut in two.
    expect(JSON.stringify(memories)).not.toMatch(/\\ud[89a-f]/);
  });

  it('shows the people who run it the last questions, on one line each', () => {
    const memories = remembered(turn(1), turn(2, 'b', { question: 'why\n\n# so?' }));
    expect(lastQuestions(memories, 5)).toEqual(['2. why # so?', '1. question 1']);
    expect(lastQuestions(memories, 1)).toHaveLength(1);
  });
});
