import { beforeEach, describe, expect, it } from 'vitest';
import type { Gate } from '../../contract/states.js';
import { applyDecision } from './apply-decision.js';
import { refusal, standingOf } from './dropped-decision.js';
import type { DecisionName } from './read-decision.js';
import { openGate, type Decisions } from './state/decisions.js';
import { rowOf, type StepRow } from './state/rows.js';
import type { Post } from './state/state.js';
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
import { nextTask } from './task.js';
import { NOW, sample } from './testing/sample.js';

const LATER = '2026-12-01T09:00:00.000Z';
const HERO = 'UpkTZ26nc9Eb_hero.png';

let post: Post;
/** A post that was made whole and waits at gate publish. */
const start = (contentFormat: string, ...gates: Gate[]): void =>
  void (post = sample.made(contentFormat, sample.gated(gates)));
beforeEach(() => start('video', 'publish'));

const decide = (kind: DecisionName, more: object = {}): void =>
  void (post = applyDecision(post, sample.decision(kind, more), NOW));
const setWork = (change: Partial<Work>): void => void (post = { ...post, work: { ...post.work, ...change } });
const setDecisions = (change: Partial<Decisions>): void =>
  void (post = { ...post, decisions: { ...post.decisions, ...change } });
const row = (step: 'hero_image' | 'video'): StepRow => rowOf(post.work.rows, step);
const waitAt = (gate: Gate) => ({ do: 'wait', gate });

describe('revise', () => {
  it.each([
    ['text', 'drafting', ['draft'], { words: 'darker', work: null }],
    ['image', 'illustrating', ['hero_image', 'video'], { words: null, work: 'darker' }],
    ['video', 'filming', ['video'], { words: null, work: 'darker' }],
    ['all', 'drafting', ['draft', 'hero_image', 'video'], { words: 'darker', work: null }],
  ] as const)('%s goes on %s', (redo, status, stale, instructions) => {
    decide('revise', { redo });
    expect(post.decisions).toMatchObject({ status, revision: 2, opening: null });
    expect({ words: post.words.instructions, work: post.work.instructions }).toEqual(instructions);
    expect(post.work.stale).toEqual(stale);
  });

  it('gives what is made again a row of its own and keeps the old one', () => {
    setWork(storeAsset(post.work, 'hero_image', HERO));
    decide('revise', { redo: 'image' });
    expect(post.work.rows.map(({ step, state }) => `${step} ${state}`)).toEqual([
      ...['plan done', 'draft done', 'hero_image done', 'video done'],
      ...['hero_image pending', 'video pending', 'review pending', 'publish pending'],
    ]);
    expect(post.work.rows[2]).toMatchObject({ asset: HERO, note: 'replaced in revision 2' });
  });

  it('asks at gate media again before it pays; an approval in the same turn is for that, and publishes nothing', () => {
    start('hero_text', 'media', 'publish');
    setDecisions({ passed: ['media'] });
    decide('revise', { redo: 'image' });
    const opening = { gate: 'media', revision: 2 };
    expect(post.decisions).toMatchObject({ status: 'awaiting_approval', opening });
    expect(nextTask(post)).toEqual(waitAt('media'));
    decide('approve');
    expect(post.decisions).toMatchObject({ status: 'illustrating', passed: ['media'], opening: null });
    setWork(finishStep(post.work, 'hero_image'));
    expect(nextTask(post)).toEqual(waitAt('publish'));
  });

  it('of words alone does not ask at gate media', () => {
    start('hero_text', 'media', 'publish');
    decide('revise', { redo: 'text' });
    setWork(finishStep(post.work, 'draft'));
    expect(nextTask(post)).toEqual(waitAt('publish'));
  });
});

it('an edit puts the words in, takes back an approval for later, and opens the gate for the next revision', () => {
  decide('approve', { publishAt: '2026-12-01T09:00:00Z' });
  expect(post.decisions).toMatchObject({ status: 'scheduled', slot: LATER, opening: null });
  const changes = { title: 'Mine', hashtags: ['x'] };
  decide('edit', { changes });
  expect(post.words.draft).toEqual({ ...sample.draft, ...changes });
  expect(post.decisions).toMatchObject({ status: 'awaiting_approval', slot: null, revision: 2 });
  expect(nextTask(post)).toEqual(waitAt('publish'));
  // An approval of the words before it, in the same turn, is for what is open now.
  expect(post.decisions.opening).toMatchObject({ gate: 'publish', revision: 2 });
  const refused = (revision: number) => refusal(standingOf(post), sample.decision('approve', { revision }));
  expect(refused(1)).toContain('revision 1');
  expect(refused(2)).toBeNull();
});

describe("a person's own picture", () => {
  const hero = 'UpkTZ26nc9Eb_hero_3.png';

  it('takes the place of the old one as the next revision, at no cost, and the next one is numbered after it', () => {
    start('hero_text', 'publish');
    setWork(storeAsset(post.work, 'hero_image', HERO));
    decide('edit', { hero });
    expect(post.decisions).toMatchObject({ status: 'awaiting_approval', revision: 2 });
    const made = { state: 'done', asset: hero, note: 'picture by ana', at: NOW.toISOString() };
    expect(post.work.rows.filter(({ step }) => step === 'hero_image')).toMatchObject([
      { state: 'done', asset: HERO, note: 'replaced in revision 2' },
      { ...made, provider: null, model: null, charges: [], attempts: 0 },
    ]);
    expect(nextNumber(post.work, 'hero_image')).toBe(4);
    expect(post.words.draft).toEqual(sample.draft);
    expect(nextTask(post)).toEqual(waitAt('publish'));
  });

  it('of a clip that is made already says on the clip what it was made from', () => {
    setWork(storeAsset(post.work, 'hero_image', HERO));
    decide('edit', { changes: { title: 'Mine' }, hero });
    const note = 'made from UpkTZ26nc9Eb_hero.png, which was replaced';
    expect(row('video')).toMatchObject({ state: 'done', note });
    expect(post.words.draft?.title).toBe('Mine');
    decide('revise', { redo: 'video' });
    expect(row('hero_image').asset).toBe(hero);
    expect(nextTask(post)).toEqual({ do: 'illustrate', step: 'video' });
  });

  it('at gate media is what would have been paid for; the clip is made from it', () => {
    start('video', 'media', 'publish');
    setWork({ ...redoSteps(post.work, ['hero_image', 'video'], 1), stored: {} });
    setDecisions(openGate(post.decisions, 'media', NOW));
    decide('edit', { hero: HERO });
    expect(row('hero_image')).toMatchObject({ state: 'done', asset: HERO });
    expect(row('video')).toMatchObject({ state: 'pending', note: null });
    expect(nextTask(post)).toEqual(waitAt('media'));
    decide('approve');
    expect(nextTask(post)).toEqual({ do: 'illustrate', step: 'video' });
  });
});

it.each([
  ['now', LATER, null],
  ['next', LATER, null],
  [null, null, null],
  ['2026-11-24T09:59:59Z', null, '2026-11-24T09:59:59.000Z'],
])('an approval for %s publishes at once, whatever one before it named', (publishAt, before, slot) => {
  setDecisions({ slot: before });
  decide('approve', { publishAt });
  expect(post.decisions).toMatchObject({ status: 'publishing', slot });
  expect(nextTask(post)).toEqual({ do: 'publish' });
});

describe('an account that wants a person at gate media alone', () => {
  beforeEach(() => start('hero_text', 'media'));

  it('publishes at the time that the approval there named', () => {
    setWork({ stale: ['hero_image'] });
    setDecisions(openGate(post.decisions, 'media', NOW));
    decide('approve', { publishAt: LATER });
    expect(post.decisions).toMatchObject({ status: 'illustrating', slot: LATER, opening: null });
    expect(nextTask(post)).toEqual({ do: 'illustrate', step: 'hero_image' });
    setWork(finishStep(post.work, 'hero_image'));
    expect(nextTask(post)).toEqual({ do: 'wait-for-slot' });
    setDecisions({ status: 'publishing' });
    expect(nextTask(post)).toEqual({ do: 'publish' });
  });

  it('keeps that time when the words are edited', () => {
    setDecisions({ status: 'scheduled', slot: LATER, passed: ['media'], opening: null });
    decide('edit', { changes: { title: 'Mine' } });
    expect(post.decisions).toMatchObject({ status: 'scheduled', slot: LATER, revision: 2 });
    expect(nextTask(post)).toEqual({ do: 'wait-for-slot' });
  });

  it('publishes by itself after it', () => {
    setDecisions({ passed: ['media'] });
    expect(nextTask(post)).toEqual({ do: 'publish' });
  });
});

it('a post that ends early says of a job that was accepted that its cost is not on the record', () => {
  const job = { task: { step: 'video' }, requestId: 'req-1' } as MediaJob;
  setWork(skipRest(keepJob(sample.withRow(post, 'video', { state: 'running' }).work, job)));
  expect(row('video').state).toBe('skipped');
  expect(row('video').note).toContain('job req-1 was not collected');
  expect(row('hero_image')).toMatchObject({ state: 'done' });
});
