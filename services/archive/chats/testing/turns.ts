import { randomInt } from 'node:crypto';
import { newId } from '../../../../contract/ids.js';
import type { NewTurn } from '../chats.js';

/** A turn of a conversation of its own, unless told otherwise; what a test cares about it changes. */
export const newTurn = (change: Partial<NewTurn> = {}): NewTurn => ({
  chatId: newId(randomInt),
  account: 'ash',
  turn: 1,
  visitor: 'a hash',
  question: 'Do benchmarks agree?',
  answer: 'They do not.',
  outcome: 'answered',
  citedIds: [],
  offline: false,
  at: '2026-11-24T10:00:00.000Z',
  ...change,
});
