import { describe, expect, it } from 'vitest';
import type { PastTurn } from '../../contract/chat.js';
import { lastQuestions, memoryOf, remember, rememberQuestion, type Memory } from './memory.js';

const turn = (number: number, visitor = 'a', change: Partial<PastTurn> = {}): PastTurn => ({
  ...{ turn: number, visitor, question: `question ${number}`, answer: `answer ${number}` },
  citedIds: [`post${number}`],
  ...change,
});
const remembered = (...turns: readonly PastTurn[]): readonly Memory[] =>
  turns.reduce<readonly Memory[]>(remember, []);
const counted = (count: number): PastTurn[] => Array.from({ length: count }, (_, at) => turn(at + 1));

describe('what a conversation remembers', () => {
  it('of a visitor it has not met is nothing', () => {
    expect(memoryOf([], 'a')).toEqual({ visitor: 'a', last: [], before: [] });
  });

  it('keeps the visitors apart', () => {
    const memories = remembered(turn(1, 'a'), turn(2, 'b'), turn(3, 'a'));
    expect(memoryOf(memories, 'a').last.map((one) => one.turn)).toEqual([1, 3]);
    expect(JSON.stringify(memoryOf(memories, 'b'))).not.toMatch(/question [13]|answer [13]/);
  });

  it('is the last turns whole, and those before by question and citations alone', () => {
    const { last, before } = memoryOf(remembered(...counted(6)), 'a');
    expect(last.map((one) => one.turn)).toEqual([3, 4, 5, 6]);
    expect(before).toEqual([
      { question: 'question 1', citedIds: ['post1'] },
      { question: 'question 2', citedIds: ['post2'] },
    ]);
  });

  it('of before this workflow is the questions, up to a dozen', () => {
    const asked = counted(14).map(({ visitor, question, citedIds }) => ({ visitor, question, citedIds }));
    const { last, before } = memoryOf(asked.reduce(rememberQuestion, [] as readonly Memory[]), 'a');
    expect(last).toEqual([]);
    expect(before.map(({ question }) => question)).toEqual(
      counted(14)
        .slice(2)
        .map((one) => one.question),
    );
  });

  it('puts what was answered late in its place', () => {
    const memories = remembered(turn(2), turn(1));
    expect(memoryOf(memories, 'a').last.map((one) => one.turn)).toEqual([1, 2]);
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
