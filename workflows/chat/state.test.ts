import { describe, expect, it } from 'vitest';
import type { Turn } from '../../contract/chat.js';
import type { Charge } from '../../contract/money/charge.js';
import { memoryOf } from './memory.js';
import { addCost, addTurn, chatStatus, newChat, saidBefore } from './state.js';

const input = { id: 'UpkTZ26nc9Eb', account: 'crumbandcrust', isNew: true };
const fresh = newChat(input);
const turn = (number: number, change: Partial<Turn> = {}): Turn => ({
  ...{ turn: number, visitor: 'a', question: 'Why rye?', answer: 'It keeps.', outcome: 'answered' },
  citations: [{ postId: 'AAAAAAAAAAAA', title: 'Rye', url: 'https://desk.example/rye' }],
  ...{ offline: false, at: `2026-11-24T09:00:0${number}.000Z` },
  ...change,
});

describe('a turn', () => {
  it('counts, and is remembered with what it cites', () => {
    const said = addTurn(fresh.said, turn(1));
    expect(said).toMatchObject({ turns: 1, lastAt: '2026-11-24T09:00:01.000Z' });
    expect(memoryOf(said.memories, 'a').last).toEqual([
      { turn: 1, visitor: 'a', question: 'Why rye?', answer: 'It keeps.', citedIds: ['AAAAAAAAAAAA'] },
    ]);
  });

  it.each(['flagged', 'declined', 'nothing_found'] as const)(
    'that was %s is not brought up again',
    (outcome) => {
      expect(addTurn(fresh.said, turn(1, { outcome, citations: [] }))).toMatchObject({
        turns: 1,
        memories: [],
      });
    },
  );

  it('that ends late does not turn the clock back', () => {
    const said = addTurn(addTurn(fresh.said, turn(2)), turn(1));
    expect(said).toMatchObject({ turns: 2, lastAt: '2026-11-24T09:00:02.000Z' });
  });
});

it('is taken up again with its count, its highest number and the questions of each visitor', () => {
  const asked = { visitor: 'a', question: 'Why rye?', citedIds: ['AAAAAAAAAAAA'] };
  const said = saidBefore({ turns: 3, numbered: 5, lastAt: '2026-11-24T09:00:00.000Z', asked: [asked] });
  expect(said).toMatchObject({ turns: 3, numbered: 5, lastAt: '2026-11-24T09:00:00.000Z' });
  expect(memoryOf(said.memories, 'a')).toMatchObject({ last: [], before: [{ question: 'Why rye?' }] });
});

it('costs the sum of what is known, and apart from it what is not', () => {
  const charge = (amount: number, basis: Charge['basis']) => ({ amount, basis }) as Charge;
  const cost = addCost(addCost(fresh.cost, [charge(1_000_000, 'priced')]), [
    charge(2_000_000, 'priced'),
    charge(5_000_000, 'unknown'),
  ]);
  expect(chatStatus({ ...fresh, cost })).toEqual({
    ...{ id: 'UpkTZ26nc9Eb', account: 'crumbandcrust', turns: 0, lastAt: null },
    ...{ costUsd: 0.003, unknownUsd: 0.005 },
  });
});
