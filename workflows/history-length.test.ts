import { expect, it } from 'vitest';
import * as batch from './history-length.js';
import * as chat from './history-length.js';
import type { History } from './history-length.js';
import { isTooLong } from './post/carry-over.js';

const idlePost = (history: History): boolean => isTooLong(history, false);
const busyPost = (history: History): boolean => isTooLong(history, true);

it.each([
  ['a batch', 3_000, 1_400_000, false, batch.isBatchLong, false],
  ['a batch of many events', 3_501, 400_000, false, batch.isBatchLong, true],
  ['a batch of many bytes', 1_200, 1_600_000, false, batch.isBatchLong, true],
  ['a batch that has come nowhere yet', 400, 2_100_000, false, batch.isBatchLong, false],
  ['a chat', 2_500, 0, false, chat.isChatLong, false],
  ['a chat of many events', 2_501, 0, false, chat.isChatLong, true],
  ['a chat of many bytes', 201, 1_500_001, false, chat.isChatLong, true],
  ['a chat that has come nowhere yet', 200, 1_500_001, false, chat.isChatLong, false],
  ['a chat that should rest, and still takes questions', 3_500, 0, false, chat.isFull, false],
  ['a chat that never rests', 3_501, 0, false, chat.isFull, true],
  ['a chat of more bytes than should rest', 300, 1_500_001, false, chat.isFull, false],
  ['a chat of twice as many bytes', 300, 3_000_001, false, chat.isFull, true],
  ['a post', 2_000, 90_000, false, idlePost, false],
  ['a post with far more events than its own', 2_001, 90_000, false, idlePost, true],
  ['a post with something under way', 2_001, 90_000, false, busyPost, false],
  ['a post before Temporal would warn, whatever is under way', 8_001, 90_000, false, busyPost, true],
  ['a post near the limit of bytes, whatever is under way', 60, 20_000_001, false, busyPost, true],
  ['a batch that Temporal says is long', 10, 2_000, true, batch.isBatchLong, true],
  ['a chat that Temporal says is long', 10, 2_000, true, chat.isChatLong, true],
  ['a post that Temporal says is long', 10, 2_000, true, idlePost, true],
  ['such a post with something under way', 10, 2_000, true, busyPost, false],
] as const)(
  '%s, at %d events and %d bytes',
  (_what, historyLength, historySize, continueAsNewSuggested, isLong, long) =>
    expect(isLong({ historyLength, historySize, continueAsNewSuggested })).toBe(long),
);

it('a chat that never rests takes no more questions in time to stay under 4,000 events', () => {
  /** Of a turn: its update, an answer, a record beside, and the workflow's tasks between; an embedding is three more. */
  const eventsOfTurn = 24;
  /** As many updates as Temporal takes at a time. */
  const atOnce = 10;
  expect(chat.isFull({ historyLength: 4_000 - atOnce * eventsOfTurn, historySize: 0 })).toBe(true);
});
