import { describe, expect, it } from 'vitest';
import type { PostInput } from '../../../contract/batch.js';
import type { Missed, Slots } from '../../../contract/slots.js';
import type { Gate } from '../../../contract/states.js';
import { applyDecision } from '../apply-decision.js';
import { askArchive, atSlot, claimOf, isUnclaimed, owesSlot, placeAt } from './claim.js';
import { askAgain, enterStatus, openGate } from './decisions.js';
import type { Decision } from '../read-decision.js';
import { newPost, type Post } from './state.js';
import { givesBackFirst } from '../take-slot.js';
import { nextTask } from '../task.js';
import { finishStep } from './work.js';

const now = new Date('2026-11-24T10:00:00Z');
const [FIRST, SECOND, NAMED] = [
  '2026-11-25T12:15:00.000Z',
  '2026-12-02T12:15:00.000Z',
  '2026-11-30T08:00:00.000Z',
];

/** A post that is made whole and waits at its gate. */
function made(gates: readonly Gate[] = ['publish'], slots: Slots | null = weekly('late')): Post {
  const account = { review: { gates }, slots, targets: ['feed'] };
  const input = { id: 'UpkTZ26nc9Eb', contentFormat: 'hero_text', account } as unknown as PostInput;
  const planned = newPost(input, now.toISOString());
  const work = planned.work.stale.reduce(finishStep, planned.work);
  return {
    ...planned,
    work,
    decisions: openGate(enterStatus(planned.decisions, 'awaiting_approval'), 'publish', now),
  };
}
const weekly = (missed: Missed): Slots => ({ week: { wed: ['12:15'] }, missed });
const decide = (post: Post, decision: Partial<Decision> & Pick<Decision, 'kind'>): Post =>
  applyDecision(post, { by: 'a', note: null, gate: null, revision: null, ...decision } as Decision, now);
const approve = (post: Post, publishAt: string | null = null): Post =>
  decide(post, { kind: 'approve', publishAt });
/** Its order goes out, and the archive answers. */
const answered = (post: Post, at: string): Post => {
  const claim = askArchive(claimOf(post));
  return placeAt({ ...post, claim }, claim.sequence, at);
};
const scheduled = (): Post => answered(approve(made()), FIRST);
const doing = (post: Post) => nextTask(post)?.do;

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

  it.each([null, 'next', 'now'])(
    'for %s is published at once where the account has no slots',
    (publishAt) => {
      expect(doing(approve(made(['publish'], null), publishAt))).toBe('publish');
    },
  );

  it('for a time asks the archive nothing where the account has no slots', () => {
    const post = approve(made(['publish'], null), NAMED);
    expect([doing(post), isUnclaimed(post), owesSlot(post)]).toEqual(['wait-for-slot', false, false]);
  });

  it('at gate media alone counts for the slot: the next one, or what it says', () => {
    const post = made(['media']);
    const passed = { ...post.decisions, status: 'illustrating' as const, opening: null };
    expect(doing({ ...post, decisions: passed })).toBe('take-slot');
    expect(doing({ ...post, decisions: { ...passed, wish: 'now' } })).toBe('publish');
  });
});

describe('a post with a slot', () => {
  it('waits for it, and owes the archive nothing', () => {
    const post = scheduled();
    expect(post.decisions).toMatchObject({ status: 'scheduled', slot: FIRST });
    expect([doing(post), owesSlot(post)]).toEqual(['wait-for-slot', false]);
  });

  it('keeps it when it is published there', () => {
    const post = scheduled();
    expect(owesSlot({ ...post, decisions: enterStatus(post.decisions, 'published') })).toBe(false);
  });

  it.each([
    { kind: 'reject', note: 'no' },
    { kind: 'cancel' },
    { kind: 'edit', changes: {} },
    { kind: 'revise', note: 'shorter', redo: 'text' },
    { kind: 'reschedule', note: '', publishAt: 'now' },
  ] as const)('owes it after $kind', (decision) => {
    const post = decide(scheduled(), decision as never);
    expect([post.decisions.slot, owesSlot(post)]).toEqual([null, true]);
  });

  it.each([
    ['next', null],
    [NAMED, NAMED],
  ])('that is moved to %s takes another in its place, with no moment in between', (publishAt, slot) => {
    const post = decide(scheduled(), { kind: 'reschedule', note: '', publishAt });
    expect(post.decisions).toMatchObject({ status: 'scheduled', slot });
    const task = nextTask(post)!;
    expect([task.do, givesBackFirst(task, post)]).toEqual(['take-slot', false]);
    expect(answered(post, slot ?? SECOND).decisions.slot).toBe(slot ?? SECOND);
  });

  it('that is published at once is published first', () => {
    const post = decide(scheduled(), { kind: 'reschedule', note: '', publishAt: 'now' });
    const task = nextTask(post)!;
    expect([task.do, givesBackFirst(task, post)]).toEqual(['publish', false]);
  });

  it('that is made again gives it back before', () => {
    const post = decide(scheduled(), { kind: 'revise', note: 'shorter', redo: 'text' });
    const task = nextTask(post)!;
    expect([task.do, givesBackFirst(task, post)]).toEqual(['write', true]);
  });
});

describe('while the archive is asked', () => {
  const asking = (): Post => {
    const post = approve(made());
    return { ...post, claim: askArchive(claimOf(post)) };
  };

  it('a rejection owes whatever it may have given', () => {
    expect(owesSlot(decide(asking(), { kind: 'reject', note: 'no' }))).toBe(true);
  });

  it('another time makes the answer one that is replaced', () => {
    const moved = decide(asking(), { kind: 'reschedule', note: '', publishAt: NAMED });
    const post = placeAt(moved, claimOf(moved).sequence, FIRST);
    expect([post.decisions.slot, claimOf(post).at, doing(post)]).toEqual([NAMED, FIRST, 'take-slot']);
  });

  it('an edit gives it back once it comes', () => {
    const edited = decide(asking(), { kind: 'edit', changes: {} } as never);
    const post = placeAt(edited, claimOf(edited).sequence, FIRST);
    expect([post.decisions.slot, owesSlot(post)]).toEqual([null, true]);
  });
});

describe('at its slot', () => {
  const slot = Date.parse(FIRST);
  const MINUTE = 60_000;

  it.each([
    ['late', 10, 'in time'],
    ['late', 11, 'late'],
    ['next', 10, 'in time'],
    ['next', 11, 'next'],
    ['ask', 11, 'ask'],
  ] as const)('a post of an account with missed: %s, %d minutes on, is %s', (missed, minutes, becomes) => {
    expect(atSlot(made(['publish'], weekly(missed)), slot, slot + minutes * MINUTE)).toBe(becomes);
  });

  it('a post of an account without slots goes out, however late', () => {
    expect(atSlot(made(['publish'], null), slot, slot + 9_999 * MINUTE)).toBe('in time');
  });

  it('one that is asked about again waits at gate publish, also where the account never asks there', () => {
    const post = answered(
      { ...made(['media']), decisions: { ...made(['media']).decisions, status: 'scheduled' } },
      FIRST,
    );
    const asked = { ...post, decisions: askAgain(post.decisions, now) };
    expect(nextTask(asked)).toEqual({ do: 'wait', gate: 'publish' });
    expect([asked.decisions.opening?.gate, owesSlot(asked)]).toEqual(['publish', true]);
    expect(doing({ ...approve(asked), claim: { sequence: 2, at: null } })).toBe('take-slot');
  });
});
