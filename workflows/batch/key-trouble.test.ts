import { describe, expect, it } from 'vitest';
import type { Step } from '../../contract/states.js';
import type { StatusError } from '../../contract/status.js';
import { hear, roomIn, type BatchRun } from './run.js';
import { changeBudget, pause, resume, takeResuming } from './orders.js';
import { batchStatus } from './status.js';
import { sample } from './testing/sample.js';

const NO_KEY: StatusError = {
  type: 'Provider.Authentication',
  message: 'fal: no such key',
  requestId: 'r-1',
};
const OVER = { type: 'Budget.Exceeded', message: 'over the budget', requestId: null };
const IDS = ['a', 'b', 'c', 'd', 'e'];

const running = (contentFormat = 'hero_text'): BatchRun => {
  const run = sample.batch();
  run.status = 'running';
  run.posts.push(...IDS.map((id) => sample.post(id, { contentFormat })));
  return run;
};
const stop = (run: BatchRun, id: string, step: Step = 'hero_image', error = NO_KEY): void =>
  hear(run, sample.post(id, { status: 'blocked', step, error }));
const wait = (run: BatchRun, id: string): void =>
  hear(run, sample.post(id, { status: 'awaiting_approval', gate: 'publish', step: 'review' }));

describe('a batch whose posts a key stops', () => {
  it('pauses with the third in a row, and says why and what to do', () => {
    const run = running();
    stop(run, 'a');
    stop(run, 'b', 'hero_image', { ...NO_KEY, type: 'Provider.QuotaUsedUp' });
    expect(run).toMatchObject({ status: 'running', paused: false, error: null });
    stop(run, 'c');
    expect(run).toMatchObject({ status: 'paused', paused: true });
    expect(batchStatus(run).error).toEqual({
      type: 'Provider.Authentication',
      message: expect.stringMatching(
        /^3 posts in a row were stopped by: fal: no such key\. .*batch resume Zr4hK8vYp1Nc continues/,
      ) as string,
      requestId: 'r-1',
    });
  });

  it('counts a post once, however often it says that it is blocked', () => {
    const run = running();
    for (let count = 0; count < 5; count += 1) stop(run, 'a');
    expect(run).toMatchObject({ status: 'running', strikes: { hero_image: 1 } });
  });

  it('begins to count again when a post gets past that step', () => {
    const run = running();
    stop(run, 'a');
    stop(run, 'b');
    wait(run, 'c');
    stop(run, 'd');
    stop(run, 'e');
    expect(run).toMatchObject({ status: 'running', strikes: { hero_image: 2 } });
  });

  it('takes no comfort from a post that got past another step, or past this one long ago', () => {
    const run = running('video');
    hear(run, sample.post('a', { status: 'awaiting_approval', gate: 'publish', step: 'review' }));
    stop(run, 'b', 'video');
    hear(run, sample.post('c', { status: 'awaiting_approval', gate: 'media', step: 'hero_image' }));
    stop(run, 'd', 'video');
    hear(run, sample.post('a', { status: 'published', step: null }));
    expect(run).toMatchObject({ status: 'running', strikes: { video: 2 } });
    stop(run, 'e', 'video');
    expect(run.status).toBe('paused');
  });

  it('starts no others in the place of those that were stopped, unless nothing is left to tell', () => {
    const run = running();
    expect(roomIn(run, 5)).toBe(0);
    stop(run, 'a');
    stop(run, 'b');
    expect(roomIn(run, 5)).toBe(0);
    wait(run, 'c');
    expect(roomIn(run, 5)).toBe(3);
    const alone = sample.batch();
    alone.posts.push(sample.post('a'));
    stop(alone, 'a');
    expect(roomIn(alone, 1)).toBe(1);
  });

  it('counts no other failure', () => {
    const run = running();
    for (const id of IDS) stop(run, id, 'hero_image', OVER);
    expect(run).toMatchObject({ status: 'running', strikes: {} });
  });

  it('stays blocked by its plan, and cancelled when it is', () => {
    for (const status of ['blocked', 'cancelled'] as const) {
      const run = running();
      Object.assign(run, { status, error: status === 'blocked' ? OVER : null });
      for (const id of IDS) stop(run, id);
      expect(run).toMatchObject({ status, paused: false });
      expect(run.error?.type).not.toBe('Provider.Authentication');
    }
  });
});

describe('resume', () => {
  it('is for every post that the key, an account or a budget blocks, and for no other', () => {
    const run = running();
    stop(run, 'a');
    stop(run, 'b', 'hero_image', OVER);
    stop(run, 'c', 'draft', { ...NO_KEY, type: 'Output.NotUsable' });
    stop(run, 'd', 'draft', { ...NO_KEY, type: 'Provider.Forbidden' });
    stop(run, 'e');
    resume(run);
    resume(run);
    expect(run).toMatchObject({ status: 'running', paused: false, error: null, strikes: {} });
    expect(takeResuming(run, 3)).toEqual(['a', 'b', 'd']);
    expect(takeResuming(run, 3)).toEqual(['e']);
    expect(takeResuming(run, 3)).toEqual([]);
    expect(run.posts.map(({ status }) => status)).toEqual([
      ...['illustrating', 'illustrating', 'blocked', 'drafting', 'illustrating'],
    ]);
    expect(roomIn(run, 5), 'they are at work again').toBe(1);
  });

  it('is not for a post that went on by itself meanwhile', () => {
    const run = running();
    stop(run, 'a');
    resume(run);
    wait(run, 'a');
    expect(takeResuming(run, 25)).toEqual([]);
  });

  it('after a pause in one task undoes it, and before a pause lets the pause stand', () => {
    const run = running();
    stop(run, 'a');
    pause(run);
    resume(run);
    expect(run).toMatchObject({ status: 'running', resuming: ['a'] });
    resume(run);
    pause(run);
    expect(run).toMatchObject({ status: 'paused', resuming: ['a'] });
  });

  it('with a new budget in one task is told after the budget', () => {
    const run = running();
    stop(run, 'a', 'draft', OVER);
    changeBudget(run, { of: 'month', amount: 5 });
    changeBudget(run, { of: 'batch', amount: 7 });
    resume(run);
    expect(run).toMatchObject({ budget: 7, monthBudget: 5, budgetUntold: true, resuming: ['a'] });
  });
});
