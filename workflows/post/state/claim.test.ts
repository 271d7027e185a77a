import { describe, expect, it } from 'vitest';
import type { Missed } from '../../../contract/slot-moments.js';
import type { Slots } from '../../../contract/account.js';
import type { Gate } from '../../../contract/states.js';
import type { Post } from './state.js';
import { NOW, sample } from '../testing/sample.js';
import type { DecisionName } from '../read-decision.js';
import { applyDecision } from '../apply-decision.js';
import { askArchive, atSlot, isUnclaimed, owesSlot, placeAt } from './claim.js';
import { nextTask } from '../task.js';
import { givesBackFirst } from '../slot.js';
import { askAgain, type Decisions, enterStatus } from './decisions.js';

const FIRST = '2026-11-25T12:15:00.000Z';
const SECOND = '2026-12-02T12:15:00.000Z';
const NAMED = '2026-11-30T08:00:00.000Z';

const weekly = (missed: Missed): Slots => ({ week: { wed: ['12:15'] }, missed });
/** A post that is made whole and waits at its gate. */
const made = (gates: readonly Gate[] = ['publish'], slots = weekly('late')): Post =>
  sample.made('hero_text', sample.gated(gates, { slots }));
const without = sample.made();
const decide = (post: Post, kind: DecisionName, more: object = {}): Post =>
  applyDecision(post, sample.decision(kind, more), NOW);
const approve = (post: Post, publishAt: string | null = null): Post => decide(post, 'approve', { publishAt });
const move = (post: Post, publishAt: string): Post => decide(post, 'reschedule', { publishAt });
/** Its order goes out, and the archive answers. */
const answered = (post: Post, at: string): Post => {
  const claim = askArchive(post.claim);
  return placeAt({ ...post, claim }, claim.sequence, at);
};
const scheduled = (): Post => answered(approve(made()), FIRST);
const doing = (post: Post) => nextTask(post)?.do;
/** What it does next, and whether it gives its slot back before. */
const next = (post: Post) => [doing(post), givesBackFirst(nextTask(post)!, post)];

describe('an approval', () => {
  it.each([
    [null, 'scheduled', null, 'take-slot'],
    ['next', 'scheduled', null, 'take-slot'],
    ['now', 'publishing', null, 'publish'],
    [NAMED, 'scheduled', NAMED, 'take-slot'],
  ] as const)('for %s is %s', (publishAt, status, slot, task) => {
    const post = approve(made(), publishAt);
    expect([post.decisions.status, post.decisions.slot, doing(post)]).toEqual([status, slot, task]);
  });

  it('for a time asks the archive nothing where the account has no slots', () => {
    const post = approve(without, NAMED);
    expect([doing(post), isUnclaimed(post), owesSlot(post)]).toEqual(['wait-for-slot', false, false]);
  });

  it('at gate media alone counts for the slot: the next one, or what it says', () => {
    const passed = (wish: Decisions['wish']): Post =>
      sample.withDecisions(made(['media']), (now) => ({
        ...now,
        status: 'illustrating',
        opening: null,
        wish,
      }));
    expect([doing(passed(null)), doing(passed('now'))]).toEqual(['take-slot', 'publish']);
  });
});

describe('a post with a slot', () => {
  it('waits for it, owes the archive nothing, and keeps it when it is published there', () => {
    const post = scheduled();
    expect(post.decisions).toMatchObject({ status: 'scheduled', slot: FIRST });
    expect([doing(post), owesSlot(post)]).toEqual(['wait-for-slot', false]);
    expect(owesSlot({ ...post, decisions: enterStatus(post.decisions, 'published') })).toBe(false);
  });

  it.each(['reject', 'cancel', 'edit', 'revise', 'reschedule'] as const)('owes it after %s', (kind) => {
    const post = decide(scheduled(), kind);
    expect([post.decisions.slot, owesSlot(post)]).toEqual([null, true]);
  });

  it.each([
    ['next', null, SECOND],
    [NAMED, NAMED, NAMED],
  ])('that is moved to %s takes another in its place, with no moment in between', (publishAt, slot, at) => {
    const post = move(scheduled(), publishAt);
    expect(post.decisions).toMatchObject({ status: 'scheduled', slot });
    expect(next(post)).toEqual(['take-slot', false]);
    expect(answered(post, at).decisions.slot).toBe(at);
  });

  it('is published at once before it gives it back, and made again after', () => {
    expect(next(move(scheduled(), 'now'))).toEqual(['publish', false]);
    expect(next(decide(scheduled(), 'revise'))).toEqual(['write', true]);
  });
});

describe('while the archive is asked', () => {
  const post = approve(made());
  const asking = { ...post, claim: askArchive(post.claim) };
  const told = (after: Post): Post => placeAt(after, after.claim.sequence, FIRST);

  it('a rejection owes whatever it may have given', () => {
    expect(owesSlot(decide(asking, 'reject'))).toBe(true);
  });

  it('another time makes the answer one that is replaced', () => {
    const moved = told(move(asking, NAMED));
    expect([moved.decisions.slot, moved.claim.at, doing(moved)]).toEqual([NAMED, FIRST, 'take-slot']);
  });

  it('an edit gives it back once it comes', () => {
    const edited = told(decide(asking, 'edit'));
    expect([edited.decisions.slot, owesSlot(edited)]).toEqual([null, true]);
  });
});

describe('at its slot', () => {
  it.each([
    ['late', 10, 'in time'],
    ['late', 11, 'late'],
    ['next', 10, 'in time'],
    ['next', 11, 'next'],
    ['ask', 11, 'ask'],
    [null, 9_999, 'in time'],
  ] as const)('a post of an account with missed: %s, %d minutes on, is %s', (missed, minutes, becomes) => {
    const slot = Date.parse(FIRST);
    const post = missed === null ? without : made(['publish'], weekly(missed));
    expect(atSlot(post, slot, slot + minutes * 60_000)).toBe(becomes);
  });

  it('one that is asked about again waits at gate publish, also where the account never asks there', () => {
    const post = sample.withDecisions(made(['media']), (now) => enterStatus(now, 'scheduled'));
    const asked = sample.withDecisions(answered(post, FIRST), (now) => askAgain(now, NOW));
    expect(nextTask(asked)).toEqual({ do: 'wait', gate: 'publish' });
    expect([asked.decisions.opening?.gate, owesSlot(asked)]).toEqual(['publish', true]);
    expect(doing({ ...approve(asked), claim: { sequence: 2, at: null } })).toBe('take-slot');
  });
});
