import { expect, it } from 'vitest';
import {
  blockAt,
  enterStatus,
  noteDecision,
  noteReminder,
  openGate,
  unblock,
  type Decisions,
} from './state/decisions.js';
import { eventOf, reminderOf } from './events.js';
import { MOST_COUNTED } from './state/review-log.js';
import type { Post } from './state/state.js';
import { sample } from './testing/sample.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 24, 10, minute));
const time = (minute: number): string => at(minute).toISOString();
const planned = sample.planned();
const withDecisions = (change: (decisions: Decisions) => Decisions): Post =>
  sample.withDecisions(planned, change);
const entered = (status: Decisions['status']): Post => withDecisions((now) => enterStatus(now, status));
const keyOf = (post: Post, minute: number): string | undefined => eventOf(post, at(minute))?.key;

const error = { type: 'Provider.Authentication', message: 'no', requestId: null };
const block = (decisions: Decisions): Decisions => blockAt(decisions, error, 'drafting');
const resume = (decisions: Decisions): Decisions => {
  const entry = { decision: 'resume', by: 'mo', note: null, counted: true } as const;
  return noteDecision(unblock(decisions), entry, { revision: 1, gate: null }, at(1));
};

it.each(['drafting', 'illustrating', 'filming', 'publishing', 'rejected', 'cancelled'] as const)(
  'a post that is %s is no event: it is at work, or a person has ended it',
  (status) => expect(eventOf(entered(status), at(5))).toBeNull(),
);

it('a gate is the same event for as long as it is open, and the next gate another one', () => {
  const waits = withDecisions((now) => openGate(enterStatus(now, 'awaiting_approval'), 'media', at(1)));
  const event = { type: 'post.awaiting_approval', key: time(1), at: time(1) };
  expect([2, 50].map((minute) => eventOf(waits, at(minute)))).toEqual([event, event]);
  expect(keyOf({ ...waits, decisions: openGate(waits.decisions, 'publish', at(3)) }, 50)).toBe(time(3));
});

it('a block is another event each time, also after more decisions than a record lists', () => {
  const first = withDecisions(block);
  expect(eventOf(first, at(2))).toMatchObject({ type: 'post.blocked', at: time(2) });
  expect(keyOf(first, 2)).toBe(keyOf(first, 9));
  const keys = new Set([keyOf(first, 2)]);
  let { decisions } = first;
  for (let n = 0; n < MOST_COUNTED + 20; n += 1) {
    decisions = block(resume(decisions));
    keys.add(keyOf({ ...planned, decisions }, 2));
  }
  expect(keys.size).toBe(MOST_COUNTED + 21);
});

it('a time to publish names the time, and a publication when that was', () => {
  const slot = '2026-12-01T09:00:00.000Z';
  const scheduled = withDecisions((now) => ({ ...enterStatus(now, 'scheduled'), slot }));
  expect(eventOf(scheduled, at(2))?.type).toBe('post.scheduled');
  expect(keyOf(scheduled, 2)).toContain(slot);
  const published = { ...entered('published'), out: { publications: [], publishedAt: time(7) } };
  expect(eventOf(published, at(8))).toEqual({ type: 'post.published', key: 'once', at: time(7) });
  expect(eventOf(entered('expired'), at(8))).toMatchObject({ type: 'post.expired' });
});

it('a reminder is another event each time', () => {
  const waits = withDecisions((now) => openGate(now, 'publish', at(1)));
  const once = sample.withDecisions(waits, (now) => noteReminder(now, at(5)));
  const twice = sample.withDecisions(once, (now) => noteReminder(now, at(9)));
  expect([waits, once, twice].map((post) => reminderOf(post)?.key)).toEqual([undefined, time(5), time(9)]);
});
