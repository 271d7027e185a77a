import { describe, expect, it } from 'vitest';
import { account } from '../../activities/testing/samples.js';
import type { Charge } from '../../contract/money/charge.js';
import type { PostReport } from '../../contract/messages.js';
import type { Mix } from '../../contract/mix.js';
import { POST_STATES } from '../../contract/states.js';
import { charge } from '../../services/archive/sample-records.js';
import {
  allFinal,
  costOf,
  hear,
  newBatch,
  newPlanRow,
  nextPage,
  roomIn,
  unknownOf,
  type BatchRun,
} from './run.js';
import { batchStatus } from './status.js';

const batch = (mix: Mix = { hero_text: 4, video: 1 }): BatchRun =>
  newBatch(
    { id: 'Zr4hK8vYp1Nc', account, planner: 'ports', mix, brief: null, budget: 2_000_000_000 },
    '2026-11-24T09:00:00Z',
  );
const report = (id: string, change: Partial<PostReport> = {}): PostReport => ({
  id,
  title: 'Mud is a schedule',
  status: 'drafting',
  gate: null,
  revision: 1,
  cost: 0,
  unknown: 0,
  step: 'draft',
  error: null,
  ...change,
});
const withPosts = (...posts: PostReport[]): BatchRun => {
  const run = batch();
  run.posts.push(...posts.map((post) => ({ ...post, contentFormat: 'hero_text' })));
  return run;
};
const planned = (run: BatchRun, ...charges: Charge[]): void => {
  run.pages.push({ ...newPlanRow(), state: 'done', charges });
};

describe('nextPage', () => {
  it('is the whole mix of a small batch, once', () => {
    const run = batch();
    expect(nextPage(run)).toEqual({ page: 1, mix: { video: 1, hero_text: 4 } });
    planned(run);
    expect(nextPage(run)).toBeNull();
  });

  it('is at most 20 items, and all pages are exactly the mix', () => {
    const run = batch({ hero_text: 40, video: 7 });
    const pages: Mix[] = [];
    for (let next = nextPage(run); next; next = nextPage(run)) {
      expect(next.page).toBe(pages.length + 1);
      pages.push(next.mix);
      planned(run);
    }
    const sizes = pages.map((mix) => Object.values(mix).reduce((sum, count) => sum + count, 0));
    expect(sizes).toEqual([20, 20, 7]);
    const sum = (format: string) => pages.reduce((total, mix) => total + (mix[format] ?? 0), 0);
    expect([sum('hero_text'), sum('video')]).toEqual([40, 7]);
  });

  it('is the same page again when it could not be planned', () => {
    const run = batch({ hero_text: 30 });
    planned(run);
    const next = nextPage(run);
    run.pages.push({ ...newPlanRow(), state: 'failed' });
    expect(nextPage(run)).toEqual(next);
    expect(next).toEqual({ page: 2, mix: { hero_text: 10 } });
  });
});

describe('roomIn', () => {
  it('counts posts at work, and none that waits, sleeps or has ended', () => {
    const run = withPosts(...POST_STATES.map((status, index) => report(`post${index}`, { status })));
    // drafting, illustrating, filming, publishing
    expect(roomIn(run, 30)).toBe(26);
    expect(roomIn(run, 4)).toBe(0);
  });

  it('is never less than none', () => {
    expect(roomIn(withPosts(report('a'), report('b')), 1)).toBe(0);
  });
});

describe('hear', () => {
  it('takes what a post says of itself, and keeps its format', () => {
    const run = withPosts(report('a'), report('b'));
    hear(run, report('b', { status: 'awaiting_approval', gate: 'publish', title: 'Better', cost: 7 }));
    expect(run.heard).toBe(1);
    expect(run.posts[0]).toMatchObject({ id: 'a', status: 'drafting' });
    expect(run.posts[1]).toEqual({
      ...report('b', { status: 'awaiting_approval', gate: 'publish', title: 'Better', cost: 7 }),
      contentFormat: 'hero_text',
    });
  });

  it('does not know a post that is not its own', () => {
    const run = withPosts(report('a'));
    hear(run, report('stranger', { cost: 1_000 }));
    expect(run.heard).toBe(0);
    expect(run.posts.map((post) => post.id)).toEqual(['a']);
    expect(costOf(run)).toBe(0);
  });

  it('counts each report of a post as news, and its cost once', () => {
    const run = withPosts(report('a'));
    hear(run, report('a', { cost: 60 }));
    hear(run, report('a', { cost: 90 }));
    expect(run.heard).toBe(2);
    expect(costOf(run)).toBe(90);
  });
});

it('leaves a post that has ended as it ended', () => {
  const run = withPosts(report('a', { status: 'published' }), report('b', { status: 'failed' }));
  hear(run, report('a', { status: 'awaiting_approval' }));
  expect(run.posts[0]).toMatchObject({ status: 'published' });
  // Found missing, and heard of after all.
  hear(run, report('b', { status: 'published' }));
  expect(run.posts[1]).toMatchObject({ status: 'published' });
});

describe('the costs', () => {
  const run = withPosts(report('a', { cost: 60_000_000 }), report('b', { cost: 7, unknown: 3 }));
  planned(run, charge('plan', { amount: 4_200_000, basis: 'priced', outcome: 'rule_broken' }));
  planned(
    run,
    charge('plan', { amount: 800_000, basis: 'priced' }),
    charge('plan', { amount: 500_000, basis: 'unknown', outcome: 'lost' }),
  );

  it('are those of the posts and every paid try at the plan; the unknown stands apart', () => {
    expect(costOf(run)).toBe(65_000_007);
    expect(unknownOf(run)).toBe(500_003);
  });

  it('sum up on the status, row by row', () => {
    const status = batchStatus(run);
    expect(status).toMatchObject({ costUsd: 0.065000007, unknownUsd: 0.000500003, budgetUsd: 2 });
    expect(status.pipeline.map((row) => row.costUsd)).toEqual([0.0042, 0.0008]);
    expect(status.posts.map((post) => post.costUsd)).toEqual([0.06, 0.000000007]);
    expect(status.posts[0]).not.toHaveProperty('unknown');
  });
});

describe('allFinal', () => {
  it('wants every post to have ended', () => {
    const ended = (['published', 'rejected', 'expired', 'failed', 'cancelled'] as const).map((status) =>
      report(status, { status }),
    );
    expect(allFinal(withPosts(...ended))).toBe(true);
    expect(allFinal(withPosts(...ended, report('a', { status: 'blocked' })))).toBe(false);
  });
});
