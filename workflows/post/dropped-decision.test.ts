import { describe, expect, it } from 'vitest';
import { POST_STATES, type Gate, type PostState } from '../../contract/states.js';
import { refusal, type Standing, type TargetsStanding } from './dropped-decision.js';
import type { Decision } from './read-decision.js';
import { sample } from './testing/sample.js';

const { decision } = sample;
const CAPACITY = { toRevise: true, toResume: true };
/** One target, at which an attempt is under way. */
const TARGETS: TargetsStanding = {
  ...{ failed: [], unknown: [], open: ['feed'] },
  ...{ isTrying: true, refuses: () => null },
};
/** A post at its second revision, which waits for a person's word on publishing it. */
const WAITING: Standing = {
  ...{ status: 'awaiting_approval', gate: 'publish', revision: 2, jobPending: false, hasSlots: false },
  ...{ contentFormat: 'hero_text', id: 'UpkTZ26nc9Eb', pictures: 2, capacity: CAPACITY, targets: TARGETS },
};

/** What counts in each state; everything else is dropped. */
const COUNTS: Partial<Record<PostState, readonly string[]>> = {
  drafting: ['cancel'],
  illustrating: ['cancel'],
  filming: ['cancel'],
  awaiting_approval: ['reject', 'revise', 'edit', 'cancel'],
  scheduled: ['reject', 'revise', 'edit', 'cancel', 'reschedule'],
  blocked: ['reject', 'revise', 'cancel', 'resume'],
};
const OTHERS = (['reject', 'revise', 'edit', 'cancel', 'resume', 'reschedule'] as const).map((kind) =>
  decision(kind),
);
const APPROVALS = ['media', 'publish', null].flatMap((gate) =>
  [null, 1, 2, 3].map((revision) => ({ gate, revision })),
);

/** As a post can stand: a gate is open exactly while it waits. */
const standings = POST_STATES.flatMap((status): Standing[] => {
  const gates: (Gate | null)[] = status === 'awaiting_approval' ? ['media', 'publish'] : [null];
  return gates.map((gate) => ({ ...WAITING, status, gate }));
});

describe.each(standings)('a post $status at gate $gate', (standing) => {
  const { status, gate } = standing;
  const told = (approval: object) => refusal(standing, decision('approve', approval));

  it('takes an approval for the gate that is open and for its revision alone, or for whatever is open', () => {
    const fitting = [gate, null].flatMap((one) => [null, 2].map((revision) => ({ gate: one, revision })));
    const taken = APPROVALS.filter((approval) => told(approval) === null);
    expect(taken).toEqual(gate === null ? [] : fitting);
    for (const reason of APPROVALS.map(told).filter((one) => one !== null))
      expect(reason).toMatch(/^(the post is|no gate is open|the approval is for)/);
  });

  it('takes what can still be done, and says why it drops the rest', () => {
    const reasons = OTHERS.map((one) => ({ kind: one.kind, reason: refusal(standing, one) }));
    const taken = reasons.filter(({ reason }) => reason === null);
    expect(taken.map(({ kind }) => kind)).toEqual(COUNTS[status] ?? []);
    for (const { reason } of reasons.filter((one) => one.reason !== null))
      expect(reason).toMatch(/^(the post is|there is nothing to (mend|(reject|revise|edit) yet))/);
  });
});

const blocked: Standing = { ...WAITING, status: 'blocked', gate: null };
const clip: Standing = { ...WAITING, contentFormat: 'video' };
const busy: Standing = { ...blocked, jobPending: true };
const full: Standing = { ...WAITING, capacity: { toRevise: false, toResume: true } };
const spent = { toRevise: false, toResume: false };
const at = (status: PostState, targets: Partial<TargetsStanding> = {}): Standing => ({
  ...WAITING,
  status,
  gate: null,
  targets: { ...TARGETS, isTrying: false, open: [], ...targets },
});
const refusing = (refuses: TargetsStanding['refuses']) => at('awaiting_approval', { refuses });

const [approve, cancel, resume] = [decision('approve'), decision('cancel'), decision('resume')];
const approveAs = (what: object) => decision('approve', what);
const revise = (redo: string) => decision('revise', { redo });
const editOf = (changes: object) => decision('edit', { changes });
const ownText = decision('edit', { own: { target: 'a', text: 'b' } });
const hero = (name: string) => decision('edit', { hero: name });
const third = hero('UpkTZ26nc9Eb_hero_3.png');
type Case = readonly [standing: Standing, decision: Decision, reason: string | null];
const isUsed = (name: string): Case => [
  WAITING,
  hero(name),
  `${name} has been used already; store the picture again`,
];
const isNone = (name: string): Case => [WAITING, hero(name), `${name} is no picture of this post`];
const SOUGHT = 'which is being looked for';
const LOOKS = 'resume first, which looks for it';
const FULL = 'its record is full, it has been made again so often';

const CASES: readonly Case[] = [
  // An approval that is dropped says what it was for.
  [WAITING, approveAs({ gate: 'media' }), 'the approval is for gate media, the open gate is publish'],
  [WAITING, approveAs({ revision: 1 }), 'the approval is for revision 1, the post is at revision 2'],
  [WAITING, approveAs({ revision: 3 }), 'the approval is for revision 3, the post is at revision 2'],
  // A clip and a body are changed only where the format has one.
  [WAITING, revise('video'), 'a hero_text has no video'],
  [clip, revise('video'), null],
  [clip, editOf({ body: 'x' }), 'a video has no body'],
  [
    clip,
    decision('edit', { revision: 9 }),
    `the edit is for revision 9, the post is at revision ${clip.revision}`,
  ],
  // What was paid for is waited for before anything is paid again.
  [busy, revise('image'), 'a picture or clip that was paid for is still to be collected; resume first'],
  [busy, revise('text'), null],
  // A person's own picture is one of this post that the desk has stored since.
  [WAITING, third, null],
  [WAITING, hero('UpkTZ26nc9Eb_hero_9.png'), null],
  ...['UpkTZ26nc9Eb_hero.png', 'UpkTZ26nc9Eb_hero_2.png'].map(isUsed),
  ...['OtherPost001_hero_3.png', 'UpkTZ26nc9Eb_video_3.mp4', '../token'].map(isNone),
  isNone('UpkTZ26nc9Eb_hero_03.png'),
  [blocked, third, 'there is nothing to edit yet: the post is blocked'],
  // What failed at a target can be mended, whatever other targets have made of the post.
  [at('published', { failed: ['social'] }), resume, null],
  [at('publishing', { failed: ['social'], open: ['feed'] }), resume, null],
  [at('published'), resume, 'there is nothing to mend: every target has it'],
  [at('published', { open: ['social'] }), resume, 'there is nothing to mend: social is still tried'],
  // A post that only waits for a target can be cancelled, and not one that may be out.
  [at('publishing', { open: ['social'] }), cancel, null],
  [at('publishing', { open: ['social'], isTrying: true }), cancel, 'the post is being published'],
  [at('publishing', { unknown: ['social'] }), cancel, `the post may be out already at social, ${SOUGHT}`],
  [at('published'), cancel, 'the post is already published'],
  // A post is not put in other words while the old ones may be out.
  [at('blocked', { unknown: ['social'] }), revise('text'), `whether social has it is not known; ${LOOKS}`],
  [at('blocked', { failed: ['social'] }), revise('text'), null],
  // A target says which text of its own it takes.
  [refusing(() => null), ownText, null],
  [refusing(({ target }) => `${target} refuses the text`), ownText, 'a refuses the text'],
  // A post whose record is full is made no more; it can be edited, approved, and tried again unless that was paid too often.
  [full, revise('text'), `${FULL}; edit, approve or cancel it`],
  [full, third, FULL],
  [full, editOf({ title: 'New' }), null],
  [full, approve, null],
  [{ ...blocked, capacity: full.capacity }, resume, null],
  [{ ...blocked, capacity: spent }, resume, 'its record is full, it has been paid for so often; cancel it'],
];

it.each(CASES.map(([standing, told, reason]) => ({ ...standing, ...told, standing, told, reason })))(
  'a post $status, $kind: $reason',
  ({ standing, told, reason }) => expect(refusal(standing, told)).toBe(reason),
);
