import { describe, expect, it } from 'vitest';
import { POST_STATES, type Gate, type PostState } from '../../contract/states.js';
import { refusal, type Standing } from './refusal.js';
import type { Decision, DecisionName } from './read-decision.js';

const CAPACITY = { toRevise: true, toResume: true };
const GATES: readonly (Gate | null)[] = ['media', 'publish', null];
const REVISIONS = [null, 1, 2, 3];

/** The states in which a decision can count; in every other it is dropped. */
const COUNTS: Record<DecisionName, PostState[]> = {
  approve: ['awaiting_approval'],
  reject: ['awaiting_approval', 'scheduled', 'blocked'],
  revise: ['awaiting_approval', 'scheduled', 'blocked'],
  edit: ['awaiting_approval', 'scheduled'],
  cancel: ['drafting', 'illustrating', 'filming', 'awaiting_approval', 'scheduled', 'blocked'],
  resume: ['blocked'],
};

const approve = (gate: Gate | null, revision: number | null): Decision => ({
  kind: 'approve',
  by: 'a',
  gate,
  revision,
  note: null,
  publishAt: null,
});
const OTHERS: readonly Decision[] = [
  { kind: 'reject', by: 'a', note: 'no' },
  { kind: 'revise', by: 'a', note: 'shorter', redo: 'text' },
  { kind: 'revise', by: 'a', note: 'darker', redo: 'image' },
  { kind: 'edit', by: 'a', note: null, changes: { title: 'New' } },
  { kind: 'cancel', by: 'a', note: null },
  { kind: 'resume', by: 'a', note: null },
];

/** A post at revision 2, as it can stand: a gate is open exactly while it waits. */
const standings = POST_STATES.flatMap((status): Standing[] => {
  const gates: (Gate | null)[] = status === 'awaiting_approval' ? ['media', 'publish'] : [null];
  return gates.map((gate) => ({
    status,
    gate,
    revision: 2,
    contentFormat: 'hero_text',
    jobPending: false,
    capacity: CAPACITY,
  }));
});

describe.each(standings)('a post $status at gate $gate', (standing) => {
  it.each(GATES.flatMap((gate) => REVISIONS.map((revision) => [gate, revision] as const)))(
    'and an approval for gate %s and revision %s',
    (gate, revision) => {
      const fits =
        standing.gate !== null &&
        (gate === null || gate === standing.gate) &&
        (revision === null || revision === 2);
      const reason = refusal(standing, approve(gate, revision));
      if (fits) expect(reason).toBeNull();
      else expect(reason).toMatch(/^(the post is|no gate is open|the approval is for)/);
    },
  );

  it.each(OTHERS)('and $kind', (decision) => {
    const reason = refusal(standing, decision);
    if (COUNTS[decision.kind].includes(standing.status)) expect(reason).toBeNull();
    else expect(reason).toMatch(/^(the post is|there is nothing to (reject|revise|edit) yet)/);
  });
});

describe('an approval that is dropped', () => {
  const waiting: Standing = {
    status: 'awaiting_approval',
    gate: 'publish',
    revision: 2,
    contentFormat: 'hero_text',
    jobPending: false,
    capacity: CAPACITY,
  };

  it.each([
    [approve('media', null), 'the approval is for gate media, the open gate is publish'],
    [approve(null, 1), 'the approval is for revision 1, the post is at revision 2'],
    [approve('publish', 3), 'the approval is for revision 3, the post is at revision 2'],
  ])('says what it was for', (decision, reason) => {
    expect(refusal(waiting, decision)).toBe(reason);
  });
});

describe('a revision', () => {
  const waiting: Standing = {
    status: 'awaiting_approval',
    gate: 'publish',
    revision: 1,
    contentFormat: 'hero_text',
    jobPending: false,
    capacity: CAPACITY,
  };
  const revise = (redo: 'text' | 'image' | 'video' | 'all'): Decision => ({
    kind: 'revise',
    by: 'a',
    note: 'x',
    redo,
  });

  it('of a clip needs a clip', () => {
    expect(refusal(waiting, revise('video'))).toBe('a hero_text has no video');
    expect(refusal({ ...waiting, contentFormat: 'video' }, revise('video'))).toBeNull();
  });

  it('that pays anew waits for what was paid for', () => {
    const blocked: Standing = { ...waiting, status: 'blocked', gate: null, jobPending: true };
    expect(refusal(blocked, revise('image'))).toContain('still to be collected');
    expect(refusal(blocked, revise('text'))).toBeNull();
  });
});

describe('a post whose record is full', () => {
  const full = { ...CAPACITY, toRevise: false };
  const standing = { gate: null, revision: 9, contentFormat: 'hero_text', jobPending: false };
  const resume = { kind: 'resume', by: 'a', note: null } as const;
  const blocked: Standing = { ...standing, status: 'blocked', capacity: full };

  it('is made no more, and can be edited, approved and tried again', () => {
    const waiting: Standing = { ...blocked, status: 'awaiting_approval', gate: 'publish' };
    expect(refusal(waiting, { kind: 'revise', by: 'a', note: 'x', redo: 'text' })).toContain(
      'record is full',
    );
    expect(refusal(waiting, { kind: 'edit', by: 'a', note: null, changes: { title: 'New' } })).toBeNull();
    expect(refusal(waiting, approve(null, null))).toBeNull();
    expect(refusal(blocked, resume)).toBeNull();
  });

  it('is not tried again either once it has paid too often', () => {
    expect(refusal({ ...blocked, capacity: { ...full, toResume: false } }, resume)).toContain(
      'record is full',
    );
  });
});

it('an edit of a body needs a body', () => {
  const clip: Standing = {
    status: 'awaiting_approval',
    gate: 'publish',
    revision: 1,
    contentFormat: 'video',
    jobPending: false,
    capacity: CAPACITY,
  };
  expect(refusal(clip, { kind: 'edit', by: 'a', note: null, changes: { body: 'x' } })).toBe(
    'a video has no body',
  );
});
