import { describe, expect, it } from 'vitest';
import { POST_STATES, type Gate, type PostState } from '../../contract/states.js';
import { refusal, type Standing, type TargetsStanding } from './dropped-decision.js';
import type { Decision, DecisionName } from './read-decision.js';

const CAPACITY = { toRevise: true, toResume: true };
/** One target, at which an attempt is under way. */
const TARGETS: TargetsStanding = {
  ...{ failed: [], unknown: [], open: ['feed'] },
  ...{ isTrying: true, refuses: () => null },
};
/** A post at its first revision, which waits for a person's word on publishing it. */
const WAITING: Standing = {
  ...{ status: 'awaiting_approval', gate: 'publish', revision: 1, jobPending: false, hasSlots: false },
  ...{ contentFormat: 'hero_text', id: 'UpkTZ26nc9Eb', pictures: 1, capacity: CAPACITY, targets: TARGETS },
};
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
  reschedule: ['scheduled'],
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
  { kind: 'reschedule', by: 'a', note: 'to now', publishAt: 'now' },
];

/** A post at revision 2, as it can stand: a gate is open exactly while it waits. */
const standings = POST_STATES.flatMap((status): Standing[] => {
  const gates: (Gate | null)[] = status === 'awaiting_approval' ? ['media', 'publish'] : [null];
  return gates.map((gate) => ({ ...WAITING, status, gate, revision: 2 }));
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
    else expect(reason).toMatch(/^(the post is|there is nothing to (mend|(reject|revise|edit) yet))/);
  });
});

describe('an approval that is dropped', () => {
  it.each([
    [approve('media', null), 'the approval is for gate media, the open gate is publish'],
    [approve(null, 1), 'the approval is for revision 1, the post is at revision 2'],
    [approve('publish', 3), 'the approval is for revision 3, the post is at revision 2'],
  ])('says what it was for', (decision, reason) => {
    expect(refusal({ ...WAITING, revision: 2 }, decision)).toBe(reason);
  });
});

describe('a revision', () => {
  const revise = (redo: 'text' | 'image' | 'video' | 'all'): Decision => ({
    kind: 'revise',
    by: 'a',
    note: 'x',
    redo,
  });

  it('of a clip needs a clip', () => {
    expect(refusal(WAITING, revise('video'))).toBe('a hero_text has no video');
    expect(refusal({ ...WAITING, contentFormat: 'video' }, revise('video'))).toBeNull();
  });

  it('that pays anew waits for what was paid for', () => {
    const blocked: Standing = { ...WAITING, status: 'blocked', gate: null, jobPending: true };
    expect(refusal(blocked, revise('image'))).toContain('still to be collected');
    expect(refusal(blocked, revise('text'))).toBeNull();
  });
});

describe("a picture of a person's own", () => {
  const waiting: Standing = { ...WAITING, pictures: 2 };
  const edit = (hero: string): Decision => ({ kind: 'edit', by: 'a', note: null, changes: {}, hero });

  it('is one that the desk has stored since', () => {
    expect(refusal(waiting, edit('UpkTZ26nc9Eb_hero_3.png'))).toBeNull();
    expect(refusal(waiting, edit('UpkTZ26nc9Eb_hero_9.png'))).toBeNull();
    for (const used of ['UpkTZ26nc9Eb_hero.png', 'UpkTZ26nc9Eb_hero_2.png'])
      expect(refusal(waiting, edit(used))).toBe(`${used} has been used already; store the picture again`);
  });

  it('is not of another post, no clip, and no other file', () => {
    for (const hero of [
      'OtherPost001_hero_3.png',
      'UpkTZ26nc9Eb_video_3.mp4',
      '../token',
      'UpkTZ26nc9Eb_hero_03.png',
    ])
      expect(refusal(waiting, edit(hero))).toBe(`${hero} is no picture of this post`);
  });

  it('needs room on the record, and a post that can be edited', () => {
    const full = { ...waiting, capacity: { ...CAPACITY, toRevise: false } };
    expect(refusal(full, edit('UpkTZ26nc9Eb_hero_3.png'))).toContain('record is full');
    const blocked: Standing = { ...waiting, status: 'blocked', gate: null };
    expect(refusal(blocked, edit('UpkTZ26nc9Eb_hero_3.png'))).toContain('nothing to edit yet');
  });
});

describe('a post at its targets', () => {
  const standing = (status: PostState, targets: Partial<TargetsStanding>): Standing => ({
    ...WAITING,
    ...{ status, gate: null, revision: 2 },
    targets: { ...TARGETS, isTrying: false, open: [], ...targets },
  });
  const resume: Decision = { kind: 'resume', by: 'a', note: null };
  const cancel: Decision = { kind: 'cancel', by: 'a', note: null };

  it('is resumed for what failed, whatever others have made of it', () => {
    expect(refusal(standing('published', { failed: ['social'] }), resume)).toBeNull();
    expect(refusal(standing('publishing', { failed: ['social'], open: ['feed'] }), resume)).toBeNull();
  });

  it('has nothing to mend where nothing failed, which the refusal says', () => {
    expect(refusal(standing('published', {}), resume)).toBe('there is nothing to mend: every target has it');
    expect(refusal(standing('published', { open: ['social'] }), resume)).toBe(
      'there is nothing to mend: social is still tried',
    );
  });

  it('can be cancelled while it only waits, and not while it may be out', () => {
    expect(refusal(standing('publishing', { open: ['social'] }), cancel)).toBeNull();
    expect(refusal(standing('publishing', { open: ['social'], isTrying: true }), cancel)).toBe(
      'the post is being published',
    );
    expect(refusal(standing('publishing', { open: ['social'], unknown: ['social'] }), cancel)).toBe(
      'the post may be out already at social, which is being looked for',
    );
    expect(refusal(standing('published', {}), cancel)).toBe('the post is already published');
  });

  it('is not put in other words while the old ones may be out', () => {
    const revise: Decision = { kind: 'revise', by: 'a', note: 'x', redo: 'text' };
    expect(refusal(standing('blocked', { failed: ['social'], unknown: ['social'] }), revise)).toBe(
      'whether social has it is not known; resume first, which looks for it',
    );
    expect(refusal(standing('blocked', { failed: ['social'] }), revise)).toBeNull();
  });

  it('takes a text of its own only where the target does', () => {
    const edit: Decision = {
      ...{ kind: 'edit', by: 'a', note: null, changes: {} },
      own: { target: 'a', text: 'b' },
    };
    const waiting = (refuses: TargetsStanding['refuses']): Standing =>
      standing('awaiting_approval', { refuses });
    expect(
      refusal(
        waiting(() => null),
        edit,
      ),
    ).toBeNull();
    expect(
      refusal(
        waiting(({ target }) => `${target} refuses the text: too long`),
        edit,
      ),
    ).toBe('a refuses the text: too long');
  });
});

describe('a post whose record is full', () => {
  const full = { ...CAPACITY, toRevise: false };
  const resume = { kind: 'resume', by: 'a', note: null } as const;
  const blocked: Standing = { ...WAITING, status: 'blocked', gate: null, revision: 9, capacity: full };

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
  const clip: Standing = { ...WAITING, contentFormat: 'video' };
  expect(refusal(clip, { kind: 'edit', by: 'a', note: null, changes: { body: 'x' } })).toBe(
    'a video has no body',
  );
});
