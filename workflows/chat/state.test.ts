import { describe, expect, it } from 'vitest';
import type { Turn } from '../../contract/chat.js';
import { charge } from '../../services/archive/sample-records.js';
import {
  lastQuestions,
  memoryOf,
  addCost,
  addTurn,
  chatStatus,
  newChat,
  saidBefore,
  type TurnSaid,
} from './state.js';

const fresh = newChat({ id: 'UpkTZ26nc9Eb', account: 'crumbandcrust', isNew: true });
const turn = (number: number, visitor = 'a', change: Partial<Turn> = {}): Turn => ({
  turn: number,
  visitor,
  question: `question ${number}`,
  answer: `answer ${number}`,
  outcome: 'answered',
  citations: [{ postId: `post${number}`, title: 'Rye', url: 'https://desk.example/rye' }],
  offline: false,
  at: new Date(Date.UTC(2026, 10, 24, 9, 0, number)).toISOString(),
  ...change,
});
const said = (...turns: readonly Turn[]): TurnSaid => turns.reduce(addTurn, fresh.said);
const counted = (count: number): Turn[] => Array.from({ length: count }, (_, at) => turn(at + 1));
/** What is left of an old question. */
const short = (number: number) => ({ question: `question ${number}`, citedIds: [`post${number}`] });
const turnsOf = ({ memories }: TurnSaid, visitor: string) =>
  memoryOf(memories, visitor).last.map((one) => one.turn);

describe('a turn', () => {
  it('counts, and is remembered with what it cites', () => {
    const { turns, lastAt, memories } = said(turn(1));
    expect([turns, lastAt]).toEqual([1, '2026-11-24T09:00:01.000Z']);
    const remembered = { ...short(1), turn: 1, visitor: 'a', answer: 'answer 1' };
    expect(memoryOf(memories, 'a').last).toEqual([remembered]);
  });

  it.each(['flagged', 'declined', 'nothing_found', 'hosted'] as const)(
    'that was %s is not brought up again',
    (outcome) =>
      expect(said(turn(1, 'a', { outcome, citations: [] }))).toMatchObject({ turns: 1, memories: [] }),
  );

  it('that ends late has its place, and does not turn the clock back', () => {
    const late = said(turn(2), turn(1));
    expect(late).toMatchObject({ turns: 2, lastAt: '2026-11-24T09:00:02.000Z' });
    expect(turnsOf(late, 'a')).toEqual([1, 2]);
  });
});

describe('what a conversation remembers', () => {
  it('of a visitor it has not met is nothing', () => {
    expect(memoryOf([], 'a')).toEqual({ visitor: 'a', last: [], before: [] });
  });

  it('keeps the visitors apart', () => {
    const both = said(turn(1), turn(2, 'b'), turn(3));
    expect(turnsOf(both, 'a')).toEqual([1, 3]);
    expect(JSON.stringify(memoryOf(both.memories, 'b'))).not.toMatch(/question [13]|answer [13]/);
  });

  it('is the last turns whole, and those before by question and citations alone', () => {
    const six = said(...counted(6));
    expect(turnsOf(six, 'a')).toEqual([3, 4, 5, 6]);
    expect(memoryOf(six.memories, 'a').before).toEqual([short(1), short(2)]);
  });

  it('of before this workflow is its counts, and the questions up to a dozen', () => {
    const counts = { turns: 14, numbered: 15, lastAt: '2026-11-24T09:00:00.000Z' };
    const asked = counted(14).map((one) => ({ visitor: 'a', ...short(one.turn) }));
    const before = saidBefore({ ...counts, asked });
    expect(before).toMatchObject(counts);
    const dozen = counted(14)
      .slice(2)
      .map((one) => short(one.turn));
    expect(memoryOf(before.memories, 'a')).toEqual({ visitor: 'a', last: [], before: dozen });
  });

  it('is bounded, however many visitors ask however much', () => {
    const long = { question: '\u{1f9c1}'.repeat(2_000), answer: 'word '.repeat(400) };
    const { memories } = said(
      ...counted(1_000).map((one) => ({ ...one, ...long, visitor: `v${one.turn % 20}` })),
    );
    expect(memories).toHaveLength(10);
    expect(Buffer.byteLength(JSON.stringify(memories))).toBeLessThan(200_000);
    // A character is never cut in two.
    expect(JSON.stringify(memories)).not.toMatch(/\\ud[89a-f]/);
  });

  it('shows the people who run it the last questions, on one line each', () => {
    const { memories } = said(turn(1), turn(2, 'b', { question: 'why\n\n# so?' }));
    expect(lastQuestions(memories, 5)).toEqual(['2. why # so?', '1. question 1']);
    expect(lastQuestions(memories, 1)).toHaveLength(1);
  });
});

it('costs the sum of what is known, and apart from it what is not', () => {
  const priced = (amount: number) => charge('chat', { amount, basis: 'priced' });
  const lost = charge('chat', { amount: 5_000_000, basis: 'unknown' });
  const cost = addCost(addCost(fresh.cost, [priced(1_000_000)]), [priced(2_000_000), lost]);
  const whose = { id: 'UpkTZ26nc9Eb', account: 'crumbandcrust' };
  const shown = { ...whose, turns: 0, lastAt: null, costUsd: 0.003, unknownUsd: 0.005 };
  expect(chatStatus({ ...fresh, cost })).toEqual(shown);
});
