import { describe, expect, it } from 'vitest';
import { post as input } from '../../activities/testing/samples.js';
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
import { newPost, type Post } from './state/state.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 24, 10, minute));
const planned = newPost(input('hero_text'), at(0).toISOString());
const withDecisions = (change: (decisions: Decisions) => Decisions): Post => ({
  ...planned,
  decisions: change(planned.decisions),
});
const error = { type: 'Provider.Authentication', message: 'no', requestId: null };
const resumed = (decisions: Decisions): Decisions =>
  noteDecision(
    unblock(decisions),
    { decision: 'resume', by: 'mo', note: null, counted: true },
    { revision: 1, gate: null },
    at(1),
  );

describe('the event of a state', () => {
  it('is nothing while a post is at work, and once a person has ended it', () => {
    for (const status of [
      'drafting',
      'illustrating',
      'filming',
      'publishing',
      'rejected',
      'cancelled',
    ] as const)
      expect(
        eventOf(
          withDecisions((now) => enterStatus(now, status)),
          at(5),
        ),
      ).toBeNull();
  });

  it('at a gate is the same for as long as the gate is open, and another one for the next gate', () => {
    const waits = withDecisions((now) => openGate(enterStatus(now, 'awaiting_approval'), 'media', at(1)));
    const event = eventOf(waits, at(2));
    expect(event).toEqual({
      type: 'post.awaiting_approval',
      key: at(1).toISOString(),
      at: at(1).toISOString(),
    });
    expect(eventOf(waits, at(50))).toEqual(event);
    const next = { ...waits, decisions: openGate(waits.decisions, 'publish', at(3)) };
    expect(eventOf(next, at(50))?.key).not.toBe(event?.key);
  });

  it('is another one each time that it blocks', () => {
    const first = withDecisions((now) => blockAt(now, error, 'drafting'));
    const second = withDecisions((now) =>
      blockAt(resumed(blockAt(now, error, 'drafting')), error, 'drafting'),
    );
    expect(eventOf(first, at(2))).toMatchObject({ type: 'post.blocked', at: at(2).toISOString() });
    expect(eventOf(first, at(2))?.key).toBe(eventOf(first, at(9))?.key);
    expect(eventOf(second, at(2))?.key).not.toBe(eventOf(first, at(2))?.key);
  });

  it('is still another one after more decisions than a record lists', () => {
    const keys = new Set<string | undefined>();
    let { decisions } = planned;
    for (let n = 0; n < MOST_COUNTED + 20; n += 1) {
      decisions = blockAt(resumed(decisions), error, 'drafting');
      keys.add(eventOf({ ...planned, decisions }, at(2))?.key);
    }
    expect(keys.size).toBe(MOST_COUNTED + 20);
  });

  it('of a time to publish names the time, and its publication when that was', () => {
    const slot = '2026-12-01T09:00:00.000Z';
    const scheduled = withDecisions((now) => ({ ...enterStatus(now, 'scheduled'), slot }));
    expect(eventOf(scheduled, at(2))).toMatchObject({
      type: 'post.scheduled',
      key: expect.stringContaining(slot),
    });
    const published = withDecisions((now) => enterStatus(now, 'published'));
    const out = { publications: [], publishedAt: at(7).toISOString() };
    expect(eventOf({ ...published, out }, at(8))).toEqual({
      type: 'post.published',
      key: 'once',
      at: at(7).toISOString(),
    });
    expect(
      eventOf(
        withDecisions((now) => enterStatus(now, 'expired')),
        at(8),
      ),
    ).toMatchObject({ type: 'post.expired' });
  });

  it('of a reminder is another one each time', () => {
    const waits = withDecisions((now) => openGate(now, 'publish', at(1)));
    expect(reminderOf(waits)).toBeNull();
    const once = { ...waits, decisions: noteReminder(waits.decisions, at(5)) };
    const twice = { ...waits, decisions: noteReminder(once.decisions, at(9)) };
    expect([once, twice].map((post) => reminderOf(post)?.key)).toEqual([
      at(5).toISOString(),
      at(9).toISOString(),
    ]);
  });
});
