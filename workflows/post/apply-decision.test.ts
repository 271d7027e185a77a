import { beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../contract/account.js';
import type { PostInput } from '../../contract/batch.js';
import type { Gate } from '../../contract/states.js';
import { applyDecision } from './apply-decision.js';
import { enterStatus, openGate, type Decisions } from './state/decisions.js';
import type { Decision } from './read-decision.js';
import { refusal, standingOf } from './dropped-decision.js';
import { changeRow, rowOf, type MadeStep, type StepRow } from './state/rows.js';
import { newPost, type Post } from './state/state.js';
import { nextTask } from './task.js';
import {
  finishStep,
  keepJob,
  nextNumber,
  redoSteps,
  skipRest,
  storeAsset,
  type MediaJob,
  type Work,
} from './state/work.js';

const now = new Date('2026-11-24T10:00:00Z');
const draft = {
  title: 'T',
  body: 'B',
  caption: 'C',
  hashtags: [],
  imagePrompt: 'P',
  shot: null,
  altText: 'A',
};

/** A post that was made whole and waits at the gate. */
function made(contentFormat: string, gates: readonly Gate[]): Post {
  const account = { review: { gates }, targets: ['feed'] } as unknown as Account;
  const input = { id: 'UpkTZ26nc9Eb', contentFormat, account } as unknown as PostInput;
  const planned = newPost(input, now.toISOString());
  return {
    ...planned,
    words: { ...planned.words, draft },
    work: planned.work.stale.reduce(finishStep, planned.work),
    decisions: openGate(enterStatus(planned.decisions, 'awaiting_approval'), 'publish', now),
  };
}
const revise = (redo: 'text' | 'image' | 'video' | 'all') =>
  ({ kind: 'revise', by: 'a', note: 'darker', redo }) as const;

const approve = { kind: 'approve', by: 'a', note: null, gate: null, revision: null } as const;

let post: Post;
beforeEach(() => {
  post = made('video', ['publish']);
});
const decide = (decision: Decision): void => void (post = applyDecision(post, decision, now));
const setWork = (change: Partial<Work>): void => void (post = { ...post, work: { ...post.work, ...change } });
const setDecisions = (change: Partial<Decisions>): void =>
  void (post = { ...post, decisions: { ...post.decisions, ...change } });
const finish = (step: MadeStep): void => setWork(finishStep(post.work, step));
const row = (step: 'hero_image' | 'video'): StepRow => rowOf(post.work.rows, step);

describe('revise', () => {
  it.each([
    ['text', 'drafting', ['draft'], { words: 'darker', work: null }],
    ['image', 'illustrating', ['hero_image', 'video'], { words: null, work: 'darker' }],
    ['video', 'filming', ['video'], { words: null, work: 'darker' }],
    ['all', 'drafting', ['draft', 'hero_image', 'video'], { words: 'darker', work: null }],
  ] as const)('%s goes on %s', (redo, status, stale, instructions) => {
    decide(revise(redo));
    expect(post.decisions).toMatchObject({ status, revision: 2, opening: null });
    expect({ words: post.words.instructions, work: post.work.instructions }).toEqual(instructions);
    expect(post.work.stale).toEqual(stale);
  });

  it('gives what is made again a row of its own and keeps the old one', () => {
    setWork(storeAsset(post.work, 'hero_image', 'UpkTZ26nc9Eb_hero.png'));
    decide(revise('image'));
    expect(post.work.rows.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'plan done',
      'draft done',
      'hero_image done',
      'video done',
      'hero_image pending',
      'video pending',
      'review pending',
      'publish pending',
    ]);
    expect(post.work.rows[2]).toMatchObject({
      asset: 'UpkTZ26nc9Eb_hero.png',
      note: 'replaced in revision 2',
    });
  });

  it('asks at gate media again before it pays, and only then', () => {
    post = made('hero_text', ['media', 'publish']);
    setDecisions({ passed: ['media'] });
    decide(revise('image'));
    expect(nextTask(post)).toEqual({ do: 'wait', gate: 'media' });
    post = made('hero_text', ['media', 'publish']);
    decide(revise('text'));
    finish('draft');
    expect(nextTask(post)).toEqual({ do: 'wait', gate: 'publish' });
  });
});

describe('edit', () => {
  const edit = { kind: 'edit', by: 'a', note: null, changes: { title: 'Mine', hashtags: ['x'] } } as const;

  it('puts the words in and opens the gate again for the next revision', () => {
    decide(edit);
    expect(post.decisions).toMatchObject({ status: 'awaiting_approval', revision: 2 });
    expect(post.words.draft).toMatchObject({ title: 'Mine', hashtags: ['x'], caption: 'C' });
    expect(nextTask(post)).toEqual({ do: 'wait', gate: 'publish' });
  });

  it('takes back an approval for later', () => {
    decide({ ...approve, publishAt: '2026-12-01T09:00:00Z' });
    expect(post.decisions).toMatchObject({
      status: 'scheduled',
      slot: '2026-12-01T09:00:00.000Z',
      opening: null,
    });
    decide(edit);
    expect(post.decisions).toMatchObject({ status: 'awaiting_approval', slot: null });
    expect(nextTask(post)).toEqual({ do: 'wait', gate: 'publish' });
  });
});

describe("a person's own picture", () => {
  const hero = 'UpkTZ26nc9Eb_hero_3.png';
  const edit = { kind: 'edit', by: 'ana', note: null, changes: {}, hero } as const;

  it('takes the place of the old one as the next revision, at no cost, and the next one is numbered after it', () => {
    post = made('hero_text', ['publish']);
    setWork(storeAsset(post.work, 'hero_image', 'UpkTZ26nc9Eb_hero.png'));
    decide(edit);
    expect(post.decisions).toMatchObject({ status: 'awaiting_approval', revision: 2 });
    const pictures = post.work.rows.filter(({ step }) => step === 'hero_image');
    expect(pictures).toMatchObject([
      { state: 'done', asset: 'UpkTZ26nc9Eb_hero.png', note: 'replaced in revision 2' },
      {
        ...{ state: 'done', asset: hero, note: 'picture by ana', provider: null, model: null },
        ...{ charges: [], attempts: 0, at: now.toISOString() },
      },
    ]);
    expect(nextNumber(post.work, 'hero_image')).toBe(4);
    expect(post.words.draft).toEqual(draft);
    expect(nextTask(post)).toEqual({ do: 'wait', gate: 'publish' });
  });

  it('of a clip that is made already says on the clip what it was made from', () => {
    setWork(storeAsset(post.work, 'hero_image', 'UpkTZ26nc9Eb_hero.png'));
    decide({ ...edit, changes: { title: 'Mine' } });
    expect(row('video')).toMatchObject({
      state: 'done',
      note: 'made from UpkTZ26nc9Eb_hero.png, which was replaced',
    });
    expect(post.words.draft?.title).toBe('Mine');
    decide(revise('video'));
    expect(row('hero_image').asset).toBe(hero);
    expect(nextTask(post)).toEqual({ do: 'illustrate', step: 'video' });
  });

  it('at gate media is what would have been paid for; the clip is made from it', () => {
    post = made('video', ['media', 'publish']);
    setWork({ ...redoSteps(post.work, ['hero_image', 'video'], 1), stored: {} });
    setDecisions(openGate(post.decisions, 'media', now));
    decide({ ...edit, hero: 'UpkTZ26nc9Eb_hero.png' });
    expect(row('hero_image')).toMatchObject({ state: 'done', asset: 'UpkTZ26nc9Eb_hero.png' });
    expect(row('video')).toMatchObject({ state: 'pending', note: null });
    expect(nextTask(post)).toEqual({ do: 'wait', gate: 'media' });
    decide({ ...approve, publishAt: null });
    expect(nextTask(post)).toEqual({ do: 'illustrate', step: 'video' });
  });
});

describe('decisions that come in one turn', () => {
  const gateOf = ({ decisions: { opening } }: Post) => opening && `${opening.gate} ${opening.revision}`;

  it('a new picture and an approval: the approval is for what is open now, and publishes nothing', () => {
    post = made('hero_text', ['media', 'publish']);
    setDecisions({ passed: ['media'] });
    decide(revise('image'));
    expect([post.decisions.status, gateOf(post)]).toEqual(['awaiting_approval', 'media 2']);
    decide({ ...approve, publishAt: null });
    expect(post.decisions).toMatchObject({ status: 'illustrating', passed: ['media'], opening: null });
    finish('hero_image');
    expect(nextTask(post)).toEqual({ do: 'wait', gate: 'publish' });
  });

  it('an edit of what was scheduled and an approval: the gate is open for the edit', () => {
    decide({ ...approve, publishAt: '2026-12-01T09:00:00Z' });
    decide({ kind: 'edit', by: 'a', note: null, changes: { title: 'Mine' } });
    expect([post.decisions.status, gateOf(post)]).toEqual(['awaiting_approval', 'publish 2']);
    expect(refusal(standingOf(post), { ...approve, publishAt: null, revision: 1 })).toContain('revision 1');
    expect(refusal(standingOf(post), { ...approve, publishAt: null, revision: 2 })).toBeNull();
  });
});

describe('approve', () => {
  const approveAt = (publishAt: string | null) => ({ ...approve, publishAt }) as const;

  it.each(['now', 'next'])('%s publishes at once, whatever time an approval named before', (publishAt) => {
    setDecisions({ slot: '2026-12-01T09:00:00.000Z' });
    decide(approveAt(publishAt));
    expect(post.decisions).toMatchObject({ status: 'publishing', slot: null });
  });

  it('publishes at once, also for a time that is past', () => {
    decide(approveAt('2026-11-24T09:59:59Z'));
    expect(post.decisions.status).toBe('publishing');
    expect(nextTask(post)).toEqual({ do: 'publish' });
  });

  it('at gate media pays for the picture next', () => {
    post = made('hero_text', ['media', 'publish']);
    setWork({ stale: ['hero_image'] });
    setDecisions(openGate(post.decisions, 'media', now));
    decide(approveAt(null));
    expect(post.decisions).toMatchObject({ status: 'illustrating', opening: null });
    expect(nextTask(post)).toEqual({ do: 'illustrate', step: 'hero_image' });
  });
});

describe('an account that wants a person at one gate only', () => {
  const at = '2026-12-01T09:00:00.000Z';
  it('publishes at the time that the approval at gate media named', () => {
    post = made('hero_text', ['media']);
    setWork({ stale: ['hero_image'] });
    setDecisions(openGate(post.decisions, 'media', now));
    decide({ ...approve, publishAt: at });
    expect(post.decisions).toMatchObject({ status: 'illustrating', slot: at });
    finish('hero_image');
    expect(nextTask(post)).toEqual({ do: 'wait-for-slot' });
    setDecisions({ status: 'publishing' });
    expect(nextTask(post)).toEqual({ do: 'publish' });
  });

  it('keeps that time when the words are edited', () => {
    post = made('hero_text', ['media']);
    setDecisions({ status: 'scheduled', slot: at, passed: ['media'], opening: null });
    decide({ kind: 'edit', by: 'a', note: null, changes: { title: 'Mine' } });
    expect(post.decisions).toMatchObject({ status: 'scheduled', slot: at, revision: 2 });
    expect(nextTask(post)).toEqual({ do: 'wait-for-slot' });
  });

  it('publishes by itself after gate media', () => {
    post = made('hero_text', ['media']);
    setDecisions({ passed: ['media'] });
    expect(nextTask(post)).toEqual({ do: 'publish' });
  });
});

describe('a post that ends early', () => {
  it('says of a job that was accepted that its cost is not on the record', () => {
    const job = { task: { step: 'video' }, requestId: 'req-1' } as MediaJob;
    const running = changeRow(post.work.rows, 'video', (now) => ({ ...now, state: 'running' }));
    setWork(skipRest(keepJob({ ...post.work, rows: running }, job)));
    expect(row('video')).toMatchObject({
      state: 'skipped',
      note: expect.stringContaining('job req-1 was not collected') as string,
    });
    expect(row('hero_image')).toMatchObject({ state: 'done' });
  });
});
