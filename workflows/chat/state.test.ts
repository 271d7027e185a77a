import { describe, expect, it } from 'vitest';
import type { Turn } from '../../contract/chat.js';
import { charge } from '../../services/archive/sample-records.js';
import { memoryOf } from './memory.js';
import { addCost, addTurn, chatStatus, newChat, saidBefore } from './state.js';

const fresh = newChat({ id: 'UpkTZ26nc9Eb', account: 'crumbandcrust', isNew: true });
const asked = { visitor: 'a', question: 'Why rye?' };
const citedIds = ['AAAAAAAAAAAA'];
const turn = (number: number, outcome: Turn['outcome'] = 'answered'): Turn => ({
  ...asked,
  turn: number,
  answer: 'It keeps.',
  outcome,
  citations: [{ postId: 'AAAAAAAAAAAA', title: 'Rye', url: 'https://desk.example/rye' }],
  offline: false,
  at: `2026-11-24T09:00:0${number}.000Z`,
});

describe('a turn', () => {
  it('counts, and is remembered with what it cites', () => {
    const said = addTurn(fresh.said, turn(1));
    expect(said).toMatchObject({ turns: 1, lastAt: '2026-11-24T09:00:01.000Z' });
    expect(memoryOf(said.memories, 'a').last).toEqual([{ ...asked, turn: 1, answer: 'It keeps.', citedIds }]);
  });

  it.each(['flagged', 'declined', 'nothing_found'] as const)(
    'that was %s is not brought up again',
    (outcome) => expect(addTurn(fresh.said, turn(1, outcome))).toMatchObject({ turns: 1, memories: [] }),
  );

  it('that ends late does not turn the clock back', () => {
    const said = addTurn(addTurn(fresh.said, turn(2)), turn(1));
    expect(said).toMatchObject({ turns: 2, lastAt: '2026-11-24T09:00:02.000Z' });
  });
});

it('is taken up again with its count, its highest number and the questions of each visitor', () => {
  const counts = { turns: 3, numbered: 5, lastAt: '2026-11-24T09:00:00.000Z' };
  const said = saidBefore({ ...counts, asked: [{ ...asked, citedIds }] });
  expect(said).toMatchObject(counts);
  expect(memoryOf(said.memories, 'a')).toMatchObject({ last: [], before: [{ question: 'Why rye?' }] });
});

it('costs the sum of what is known, and apart from it what is not', () => {
  const priced = (amount: number) => charge('chat', { amount, basis: 'priced' });
  const once = addCost(fresh.cost, [priced(1_000_000)]);
  const lost = charge('chat', { amount: 5_000_000, basis: 'unknown' });
  const cost = addCost(once, [priced(2_000_000), lost]);
  expect(chatStatus({ ...fresh, cost })).toEqual({
    id: 'UpkTZ26nc9Eb',
    account: 'crumbandcrust',
    turns: 0,
    lastAt: null,
    costUsd: 0.003,
    unknownUsd: 0.005,
  });
});
