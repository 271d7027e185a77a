import { beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../../contract/states.js';
import type { StatusError } from '../../contract/status.js';
import { dropResumed, hear, nextToResume, applyPause, applyResume } from './apply.js';
import { createCell, type Cell } from '../cell.js';
import { changeBudget } from './money.js';
import { freePlaces } from './posts.js';
import type { Batch } from './state.js';
import { batchStatus } from './status.js';
import { sample } from './testing/sample.js';

const NO_KEY: StatusError = { type: 'Provider.Authentication', message: 'no such key', requestId: 'r-1' };
const OVER = { type: 'Budget.Exceeded', message: 'over the budget', requestId: null };
const IDS = ['a', 'b', 'c', 'd', 'e'];

let batch: Cell<Batch>;
const start = (ids = IDS, contentFormat = 'hero_text'): void => {
  const posts = ids.map((id) => sample.post(id, { contentFormat }));
  batch = createCell(sample.at(sample.withPosts(sample.batch(), ...posts), { status: 'running' }));
};
beforeEach(() => start());

const say = (...post: Parameters<typeof sample.post>): void =>
  batch.change((now) => hear(now, sample.post(...post)));
const stop = (id: string, step: Step = 'hero_image', error = NO_KEY): void =>
  say(id, { status: 'blocked', step, error });
const stopAll = (...ids: string[]): void => ids.forEach((id) => stop(id));
const wait = (id: string): void => say(id, { status: 'awaiting_approval', gate: 'publish', step: 'review' });
const placesIn = (window: number): number => freePlaces(batch.value.posts, window);
const standing = () => [batch.value.progress.status, batch.value.posts.strikes];
const takeResuming = (most: number): string[] => {
  const ids = nextToResume(batch.value, most);
  batch.change((now) => dropResumed(now, most));
  return ids;
};

describe('a batch whose posts a key stops', () => {
  it('pauses with the third in a row, and says why and what to do', () => {
    stop('a');
    stop('b', 'hero_image', { ...NO_KEY, type: 'Provider.QuotaUsedUp' });
    expect(batch.value.progress).toMatchObject({ status: 'running', paused: false, error: null });
    stop('c');
    expect(batch.value.progress).toMatchObject({ status: 'paused', paused: true });
    const { message, ...error } = batchStatus(batch.value).error!;
    expect(error).toEqual({ type: 'Provider.Authentication', requestId: 'r-1' });
    expect(message).toMatch(
      /^3 posts in a row were stopped by: no such key\. .*batch resume Zr4hK8vYp1Nc continues/,
    );
  });

  it('counts a post once, however often it says that it is blocked, and no other failure', () => {
    stopAll('a', 'a', 'a', 'a', 'a');
    for (const id of IDS.slice(1)) stop(id, 'hero_image', OVER);
    expect(standing()).toEqual(['running', { hero_image: 1 }]);
  });

  it('begins to count again when a post gets past that step', () => {
    stopAll('a', 'b');
    wait('c');
    stopAll('d', 'e');
    expect(standing()).toEqual(['running', { hero_image: 2 }]);
  });

  it('takes no comfort from a post that got past another step, or past this one long ago', () => {
    start(IDS, 'video');
    wait('a');
    stop('b', 'video');
    say('c', { status: 'awaiting_approval', gate: 'media', step: 'hero_image' });
    stop('d', 'video');
    say('a', { status: 'published', step: null });
    expect(standing()).toEqual(['running', { video: 2 }]);
    stop('e', 'video');
    expect(batch.value.progress.status).toBe('paused');
  });

  it('starts no others in the place of those that were stopped, unless nothing is left to tell', () => {
    expect(placesIn(5)).toBe(0);
    stopAll('a', 'b');
    expect(placesIn(5)).toBe(0);
    wait('c');
    expect(placesIn(5)).toBe(3);
    start(['a']);
    stop('a');
    expect(placesIn(1)).toBe(1);
  });

  it.each([
    ['blocked', OVER],
    ['cancelled', null],
  ] as const)('stays %s', (status, error) => {
    batch.change((now) => sample.at(now, { status, error }));
    stopAll(...IDS);
    expect(batch.value.progress).toMatchObject({ status, paused: false, error });
  });
});

describe('resume', () => {
  it('is for every post that the key, an account or a budget blocks, and for no other', () => {
    stop('a');
    stop('b', 'hero_image', OVER);
    stop('c', 'draft', { ...NO_KEY, type: 'Output.NotUsable' });
    stop('d', 'draft', { ...NO_KEY, type: 'Provider.Forbidden' });
    stop('e');
    batch.change(applyResume);
    batch.change(applyResume);
    expect(batch.value.progress).toMatchObject({ status: 'running', paused: false, error: null });
    expect(batch.value.posts.strikes).toEqual({});
    expect([takeResuming(3), takeResuming(3), takeResuming(3)]).toEqual([['a', 'b', 'd'], ['e'], []]);
    expect(batch.value.posts.known.map(({ status }) => status)).toEqual([
      ...['illustrating', 'illustrating', 'blocked', 'drafting', 'illustrating'],
    ]);
    expect(placesIn(5), 'they are at work again').toBe(1);
  });

  it('is not for a post that went on by itself meanwhile', () => {
    stop('a');
    batch.change(applyResume);
    wait('a');
    expect(takeResuming(25)).toEqual([]);
  });

  it('after a pause in one task undoes it, and before a pause lets the pause stand', () => {
    stop('a');
    batch.change(applyPause);
    batch.change(applyResume);
    expect(batch.value).toMatchObject({ progress: { status: 'running' }, orders: { resuming: ['a'] } });
    batch.change(applyResume);
    batch.change(applyPause);
    expect(batch.value).toMatchObject({ progress: { status: 'paused' }, orders: { resuming: ['a'] } });
  });

  it('with a new budget in one task is told after the budget', () => {
    stop('a', 'draft', OVER);
    const change = (of: 'month' | 'batch', amount: number): void =>
      batch.change((now) => ({ ...now, money: changeBudget(now.money, { of, amount }) }));
    change('month', 5);
    change('batch', 7);
    batch.change(applyResume);
    expect(batch.value.money).toEqual({ budget: 7, monthBudget: 5, isUntold: true });
    expect(batch.value.orders.resuming).toEqual(['a']);
  });
});
