import { describe, expect, it } from 'vitest';
import type { Step } from '../../contract/states.js';
import type { StatusError } from '../../contract/status.js';
import { dropResumed, hear, nextToResume, pauseBatch, resumeBatch } from './apply.js';
import { createCell, type Cell } from '../cell.js';
import { changeBudget } from './money.js';
import { freePlaces } from './posts.js';
import type { Progress } from './progress.js';
import type { Batch } from './state.js';
import { batchStatus } from './status.js';
import { sample } from './testing/sample.js';

const NO_KEY: StatusError = {
  type: 'Provider.Authentication',
  message: 'fal: no such key',
  requestId: 'r-1',
};
const OVER = { type: 'Budget.Exceeded', message: 'over the budget', requestId: null };
const IDS = ['a', 'b', 'c', 'd', 'e'];

const running = (contentFormat = 'hero_text', progress: Partial<Progress> = {}): Cell<Batch> => {
  const batch = sample.withPosts(sample.batch(), ...IDS.map((id) => sample.post(id, { contentFormat })));
  return createCell({ ...batch, progress: { ...batch.progress, status: 'running', ...progress } });
};
const say = (batch: Cell<Batch>, ...post: Parameters<typeof sample.post>): void =>
  batch.change((now) => hear(now, sample.post(...post)));
const stop = (batch: Cell<Batch>, id: string, step: Step = 'hero_image', error = NO_KEY): void =>
  say(batch, id, { status: 'blocked', step, error });
const wait = (batch: Cell<Batch>, id: string): void =>
  say(batch, id, { status: 'awaiting_approval', gate: 'publish', step: 'review' });
const placesIn = (batch: Cell<Batch>, window: number): number => freePlaces(batch.value.posts, window);
const takeResuming = (batch: Cell<Batch>, most: number): string[] => {
  const ids = nextToResume(batch.value, most);
  batch.change((now) => dropResumed(now, most));
  return ids;
};

describe('a batch whose posts a key stops', () => {
  it('pauses with the third in a row, and says why and what to do', () => {
    const batch = running();
    stop(batch, 'a');
    stop(batch, 'b', 'hero_image', { ...NO_KEY, type: 'Provider.QuotaUsedUp' });
    expect(batch.value.progress).toMatchObject({ status: 'running', paused: false, error: null });
    stop(batch, 'c');
    expect(batch.value.progress).toMatchObject({ status: 'paused', paused: true });
    expect(batchStatus(batch.value).error).toEqual({
      type: 'Provider.Authentication',
      message: expect.stringMatching(
        /^3 posts in a row were stopped by: fal: no such key\. .*batch resume Zr4hK8vYp1Nc continues/,
      ) as string,
      requestId: 'r-1',
    });
  });

  it('counts a post once, however often it says that it is blocked', () => {
    const batch = running();
    for (let count = 0; count < 5; count += 1) stop(batch, 'a');
    expect(batch.value).toMatchObject({
      progress: { status: 'running' },
      posts: { strikes: { hero_image: 1 } },
    });
  });

  it('begins to count again when a post gets past that step', () => {
    const batch = running();
    stop(batch, 'a');
    stop(batch, 'b');
    wait(batch, 'c');
    stop(batch, 'd');
    stop(batch, 'e');
    expect(batch.value).toMatchObject({
      progress: { status: 'running' },
      posts: { strikes: { hero_image: 2 } },
    });
  });

  it('takes no comfort from a post that got past another step, or past this one long ago', () => {
    const batch = running('video');
    wait(batch, 'a');
    stop(batch, 'b', 'video');
    say(batch, 'c', { status: 'awaiting_approval', gate: 'media', step: 'hero_image' });
    stop(batch, 'd', 'video');
    say(batch, 'a', { status: 'published', step: null });
    expect(batch.value).toMatchObject({ progress: { status: 'running' }, posts: { strikes: { video: 2 } } });
    stop(batch, 'e', 'video');
    expect(batch.value.progress.status).toBe('paused');
  });

  it('starts no others in the place of those that were stopped, unless nothing is left to tell', () => {
    const batch = running();
    expect(placesIn(batch, 5)).toBe(0);
    stop(batch, 'a');
    stop(batch, 'b');
    expect(placesIn(batch, 5)).toBe(0);
    wait(batch, 'c');
    expect(placesIn(batch, 5)).toBe(3);
    const alone = createCell(sample.withPosts(sample.batch(), sample.post('a')));
    stop(alone, 'a');
    expect(placesIn(alone, 1)).toBe(1);
  });

  it('counts no other failure', () => {
    const batch = running();
    for (const id of IDS) stop(batch, id, 'hero_image', OVER);
    expect(batch.value).toMatchObject({ progress: { status: 'running' }, posts: { strikes: {} } });
  });

  it('stays blocked by its plan, and cancelled when it is', () => {
    for (const status of ['blocked', 'cancelled'] as const) {
      const batch = running('hero_text', { status, error: status === 'blocked' ? OVER : null });
      for (const id of IDS) stop(batch, id);
      expect(batch.value.progress).toMatchObject({ status, paused: false });
      expect(batch.value.progress.error?.type).not.toBe('Provider.Authentication');
    }
  });
});

describe('resume', () => {
  it('is for every post that the key, an account or a budget blocks, and for no other', () => {
    const batch = running();
    stop(batch, 'a');
    stop(batch, 'b', 'hero_image', OVER);
    stop(batch, 'c', 'draft', { ...NO_KEY, type: 'Output.NotUsable' });
    stop(batch, 'd', 'draft', { ...NO_KEY, type: 'Provider.Forbidden' });
    stop(batch, 'e');
    batch.change(resumeBatch);
    batch.change(resumeBatch);
    expect(batch.value.progress).toMatchObject({ status: 'running', paused: false, error: null });
    expect(batch.value.posts.strikes).toEqual({});
    expect(takeResuming(batch, 3)).toEqual(['a', 'b', 'd']);
    expect(takeResuming(batch, 3)).toEqual(['e']);
    expect(takeResuming(batch, 3)).toEqual([]);
    expect(batch.value.posts.known.map(({ status }) => status)).toEqual([
      ...['illustrating', 'illustrating', 'blocked', 'drafting', 'illustrating'],
    ]);
    expect(placesIn(batch, 5), 'they are at work again').toBe(1);
  });

  it('is not for a post that went on by itself meanwhile', () => {
    const batch = running();
    stop(batch, 'a');
    batch.change(resumeBatch);
    wait(batch, 'a');
    expect(takeResuming(batch, 25)).toEqual([]);
  });

  it('after a pause in one task undoes it, and before a pause lets the pause stand', () => {
    const batch = running();
    stop(batch, 'a');
    batch.change(pauseBatch);
    batch.change(resumeBatch);
    expect(batch.value).toMatchObject({ progress: { status: 'running' }, orders: { resuming: ['a'] } });
    batch.change(resumeBatch);
    batch.change(pauseBatch);
    expect(batch.value).toMatchObject({ progress: { status: 'paused' }, orders: { resuming: ['a'] } });
  });

  it('with a new budget in one task is told after the budget', () => {
    const batch = running();
    stop(batch, 'a', 'draft', OVER);
    batch.change((now) => ({ ...now, money: changeBudget(now.money, { of: 'month', amount: 5 }) }));
    batch.change((now) => ({ ...now, money: changeBudget(now.money, { of: 'batch', amount: 7 }) }));
    batch.change(resumeBatch);
    expect(batch.value).toMatchObject({
      money: { budget: 7, monthBudget: 5, isUntold: true },
      orders: { resuming: ['a'] },
    });
  });
});
