import { describe, expect, it } from 'vitest';
import { MAX_BATCH, PAGE_SIZE } from '../../contract/mix.js';
import { charge } from '../../services/archive/sample-records.js';
import { addApproval } from './approvals.js';
import { newPost } from './known-post.js';
import { carried, hear, limitsOf, newPlanRow, type BatchRun } from './run.js';
import { batchStatus } from './status.js';
import { readReport } from './read-report.js';
import { sample } from './testing/sample.js';

/** What Temporal takes in one payload. */
const MOST = 2 * 1024 * 1024;
const LONG = '"猫🦆\u0001\ud800'.repeat(2_000);
const planned = (index: number) => ({
  ...{ id: `post${String(index).padStart(8, '0')}`, contentFormat: 'hero_text', title: '猫'.repeat(300) },
  checks: [],
  plan: {
    ...{ topic: '猫'.repeat(400), angle: '猫'.repeat(2_000), rationale: '猫'.repeat(2_000) },
    ...{ newsPeg: '猫'.repeat(1_000), button: '猫'.repeat(160) },
  },
});

/** A batch of 2,000 at its largest: each post has a title and an error without end, and each page was planned three times. */
function largest(): BatchRun {
  const run = sample.batch({ hero_text: MAX_BATCH });
  for (let index = 0; index < MAX_BATCH; index += 1) {
    const plan = planned(index);
    run.posts.push(newPost(plan, limitsOf(run)));
    const report = readReport({
      ...{ id: plan.id, title: LONG, status: 'blocked', gate: 'publish', revision: 12 },
      ...{ cost: 123_456_789, unknown: 123_456_789, step: 'hero_image' },
      error: { type: LONG, message: LONG, requestId: LONG },
    });
    hear(run, report!);
  }
  const tries = Array.from({ length: 3 }, () => charge('plan', { requestId: 'r'.repeat(40) }));
  run.pages.push(
    ...Array.from({ length: MAX_BATCH / PAGE_SIZE }, () => ({ ...newPlanRow(), charges: tries })),
  );
  return run;
}
const jsonSize = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe('a batch of 2,000 with the longest words', () => {
  const run = largest();

  it('answers with its status in 1.5 MB, and is recorded within one payload', () => {
    const status = batchStatus(run);
    expect(status.posts).toHaveLength(2_000);
    expect(jsonSize(status)).toBeLessThan(1_500_000);
    const charges = run.pages.flatMap((row) => row.charges);
    expect(jsonSize({ status, charges, account: run.input.account })).toBeLessThan(MOST - 200_000);
  });

  it('is carried over within one payload, a queue and approvals of all included', () => {
    run.queue.push(...Array.from({ length: PAGE_SIZE }, (_, index) => planned(index)));
    const posts = run.posts.map((post) => ({ ...post, status: 'awaiting_approval' as const }));
    addApproval({ ...run, posts }, { by: 'mo', note: '猫'.repeat(4_000) });
    run.resuming.push(...run.posts.map(({ id }) => id));
    expect(run.approvals[0]?.posts).toHaveLength(2_000);
    expect(jsonSize(carried(run))).toBeLessThan(MOST);
    expect(carried(run)).not.toHaveProperty('input');
  });
});
