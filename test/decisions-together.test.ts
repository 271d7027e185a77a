/** Decisions that reach a post together: no worker runs while they are sent, so the next one gets them in one task. */
import { join } from 'node:path';
import type { PayloadCodec } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReviewRules } from '../contract/account.js';
import { approveAllSignal } from '../contract/messages.js';
import type { PostStatus } from '../contract/status.js';
import { QUEUE_NAMES, QUEUES } from '../contract/task-queues.js';
import { createWorkers } from '../workers/create-workers.js';
import { packageRoot } from '../services/package-root.js';
import { accountWith } from './batch-input.js';
import { allWaiting, startHarness, type Harness } from './harness.js';
import { until } from './until.js';

let desk: Harness;
beforeAll(async () => {
  desk = await startHarness({}, { media: 'plain' });
}, 120_000);
afterAll(() => desk?.close(), 60_000);

type Word = readonly [signal: string, message?: object];
const sendAll = async (id: string, words: readonly Word[]): Promise<void> => {
  for (const [signal, message] of words) await desk.post(id).signal(signal, { by: 'mo', ...message });
};
const later = (): string => new Date(Date.now() + 3_600_000).toISOString();
const waiting = async (count: number, review: Partial<ReviewRules> = {}): Promise<readonly string[]> => {
  const batchId = await desk.startBatch({ hero_text: count }, await accountWith({}, review));
  return (await desk.batchUntil(batchId, allWaiting(count))).posts.map(({ id }) => id);
};
/** The decisions on the record, and whether each counted. */
const decided = ({ review }: PostStatus): string[] =>
  review.map(({ decision, revision, counted }) => `${counted ? '' : 'no '}${decision} ${revision}`);

const EDIT: Word = ['edit', { title: 'In my own words' }];
const REVISE: Word = ['revise', { instructions: 'Shorter.' }];
const APPROVE: Word = ['approve'];
const REJECT: Word = ['reject', { reason: 'off topic' }];
const approvedAs = (revision: number): Word => ['approve', { revision }];

/** What is sent, where the post comes to rest, and its decisions. */
const AT_THE_GATE: readonly (readonly [readonly Word[], string, readonly string[]])[] = [
  [[EDIT, approvedAs(1)], 'awaiting_approval 2', ['edit 1', 'no approve 2']],
  [[EDIT, APPROVE], 'published 2', ['edit 1', 'approve 2']],
  [[EDIT, EDIT, approvedAs(3)], 'published 3', ['edit 1', 'edit 2', 'approve 3']],
  [[APPROVE, APPROVE], 'published 1', ['approve 1', 'no approve 1']],
  [[APPROVE, REVISE], 'published 1', ['approve 1', 'no revise 1']],
  [[APPROVE, REJECT], 'published 1', ['approve 1', 'no reject 1']],
  [[REJECT, APPROVE], 'rejected 1', ['reject 1', 'no approve 1']],
  [[['cancel'], APPROVE], 'cancelled 1', ['cancel 1', 'no approve 1']],
  [[REVISE, APPROVE], 'awaiting_approval 2', ['revise 1', 'no approve 2']],
  [[REVISE, REVISE, EDIT], 'awaiting_approval 2', ['revise 1', 'no revise 2', 'no edit 2']],
  [[['approve', { publishAt: later() }], EDIT], 'awaiting_approval 2', ['approve 1', 'edit 1']],
  [[['approve', { publishAt: later() }], EDIT, APPROVE], 'published 2', ['approve 1', 'edit 1', 'approve 2']],
  [[['approve', { publishAt: later() }], REJECT], 'rejected 1', ['approve 1', 'reject 1']],
];

const standing = ({ status, revision }: PostStatus): string => `${status} ${revision}`;
const named = (words: readonly Word[]): string => words.map(([signal]) => signal).join(', then ');

describe('at an open gate', () => {
  let posts: readonly string[];
  beforeAll(async () => {
    posts = await waiting(AT_THE_GATE.length);
    await desk.whileAway(() =>
      Promise.all(AT_THE_GATE.map(([words], index) => sendAll(String(posts[index]), words))),
    );
  }, 120_000);

  it.each(AT_THE_GATE.map(([words, end, review], index) => [named(words), index, end, review] as const))(
    '%s',
    async (_name, index, end, review) => {
      const id = String(posts[index]);
      const post = await desk.postUntil(
        id,
        (status) => standing(status) === end && status.review.length === review.length,
      );
      expect(decided(post)).toEqual(review);
      expect(post.publications).toHaveLength(post.status === 'published' ? 1 : 0);
      expect(post.slot).toBeNull();
      expect(post.gate).toBe(post.status === 'awaiting_approval' ? 'publish' : null);
      if (post.status !== 'awaiting_approval') expect(await desk.postEnd(id)).toEqual(post);
      await expect.poll(() => desk.services.archive.records.findPost(id)).toEqual(post);
    },
  );

  it('and a post that waits after it can be decided on as ever', async () => {
    for (const id of posts) {
      const { status, revision } = await desk.postStatus(id);
      if (status !== 'awaiting_approval') continue;
      await sendAll(id, [approvedAs(revision)]);
      expect(await desk.post(id).result()).toMatchObject({ status: 'published', revision });
    }
  });
});

describe('where two gates are asked', () => {
  it('two approvals open one of them', async () => {
    const [id = ''] = await waiting(1, { gates: ['media', 'publish'] });
    await desk.whileAway(() => sendAll(id, [APPROVE, APPROVE]));
    const post = await desk.postUntil(id, ({ gate }) => gate === 'publish');
    expect(decided(post)).toEqual(['approve 1', 'no approve 1']);
    expect(post.publications).toEqual([]);

    await desk.whileAway(() =>
      sendAll(id, [['revise', { instructions: 'Darker.', redo: 'image' }], APPROVE]),
    );
    const darker = await desk.postUntil(
      id,
      (now) => now.status === 'awaiting_approval' && now.gate === 'publish',
    );
    expect(decided(darker).slice(2)).toEqual(['revise 1', 'approve 2']);
    expect(darker.review.at(-1)).toMatchObject({ gate: 'media' });
    // What was approved is that the picture is paid for; nobody has seen it yet.
    expect(darker).toMatchObject({ revision: 2, publications: [], publishedAt: null });
    await sendAll(id, [APPROVE]);
    expect(await desk.post(id).result()).toMatchObject({ status: 'published', revision: 2 });
  });
});

describe('with a timer that rings meanwhile', () => {
  it('an approval counts, and the post does not expire', async () => {
    const [approved = '', rejected = ''] = await waiting(2, { expireAfter: 12_000 });
    await desk.whileAway(async () => {
      await new Promise((resolve) => setTimeout(resolve, 12_500));
      await sendAll(approved, [APPROVE]);
      await sendAll(rejected, [REJECT]);
    });
    expect(await desk.post(approved).result()).toMatchObject({ status: 'published' });
    expect(decided(await desk.postStatus(approved))).toEqual(['approve 1']);
    expect(await desk.post(rejected).result()).toMatchObject({ status: 'rejected' });
    expect(decided(await desk.postStatus(rejected))).toEqual(['reject 1']);
  }, 120_000);

  it('an edit or a rejection counts, and nothing is published', async () => {
    const [edited = '', rejected = ''] = await waiting(2);
    const publishAt = new Date(Date.now() + 12_000).toISOString();
    for (const id of [edited, rejected]) await sendAll(id, [['approve', { publishAt }]]);
    for (const id of [edited, rejected]) await desk.postUntil(id, ({ status }) => status === 'scheduled');
    await desk.whileAway(async () => {
      await new Promise((resolve) => setTimeout(resolve, Date.parse(publishAt) + 500 - Date.now()));
      await sendAll(edited, [EDIT]);
      await sendAll(rejected, [REJECT]);
    });
    expect(await desk.postUntil(edited, ({ revision }) => revision === 2)).toMatchObject({
      status: 'awaiting_approval',
      publications: [],
    });
    expect(await desk.postEnd(rejected)).toMatchObject({ status: 'rejected', publications: [] });
  }, 120_000);
});

it('an edit that comes while the batch is told that a gate has opened is told to it as well', async () => {
  const [batchId, id] = await tellingBatch((post) => sendAll(post, [EDIT]));
  await desk.batchUntil(batchId, ({ posts }) => posts[0]?.revision === 2);
  expect(decided(await desk.postStatus(id))).toEqual(['edit 1']);
  // Of all: the batch passes it on for the revision that it has heard of.
  await desk.batch(batchId).signal(approveAllSignal, { by: 'mo' });
  expect(await desk.post(id).result()).toMatchObject({ status: 'published', revision: 2 });
});

/** A batch of one post for which something happens in the very task in which the post tells it that its gate has opened. */
async function tellingBatch(happen: (post: string) => Promise<void>): Promise<[string, string]> {
  let told: string | null = null;
  const codec: PayloadCodec = {
    // What a task answers is encoded before it is sent: what is signalled now comes with what that task waits for.
    async encode(payloads) {
      const report = payloads
        .map(
          ({ data }) =>
            ((data ? decode(data) : null) as { report?: { id: string; status: string } | null } | null)
              ?.report,
        )
        .find((one) => one?.status === 'awaiting_approval');
      if (report && told === null) await happen((told = report.id));
      return payloads;
    },
    decode: (payloads) => Promise.resolve(payloads),
  };
  let batchId = '';
  await desk.whileAway(async () => {
    const connection = await NativeConnection.connect({ address: desk.address });
    const worker = await Worker.create({
      connection,
      namespace: desk.namespace,
      taskQueue: QUEUES.workflows,
      workflowBundle: { codePath: join(packageRoot(), 'dist', 'workflow-bundle.js') },
      dataConverter: { payloadCodecs: [codec] },
    });
    const hands = await createWorkers({
      connection,
      namespace: desk.namespace,
      services: desk.services,
      queues: QUEUE_NAMES.filter((queue) => queue !== 'workflows'),
    });
    const running = hands.run();
    await worker.runUntil(async () => {
      batchId = await desk.startBatch({ hero_text: 1 });
      await until(
        () => Promise.resolve(told),
        (post) => post !== null,
      );
    });
    hands.shutdown();
    await running;
    await connection.close();
  });
  return [batchId, String(told)];
}

const decode = (data: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(data).toString());
  } catch {
    return null;
  }
};

describe('at a post that is blocked', () => {
  const ENDS = [
    [[['resume'], ['cancel']], 'cancelled 1', ['resume 1', 'cancel 1']],
    [[['resume'], ['resume']], 'awaiting_approval 1', ['resume 1', 'no resume 1']],
    [[['resume'], APPROVE], 'awaiting_approval 1', ['resume 1', 'no approve 1']],
    [[['cancel'], ['resume']], 'cancelled 1', ['cancel 1', 'no resume 1']],
    [
      [['revise', { instructions: 'Calmer.', redo: 'image' }], ['resume']],
      'awaiting_approval 2',
      ['revise 1', 'no resume 2'],
    ],
  ] as const satisfies readonly (readonly [readonly Word[], string, readonly string[]])[];

  it('each comes to a good end', async () => {
    const error = { on: 'result', kind: 'completed-error', code: 'content_policy_violation' } as const;
    desk.standIns.control.fail({ ...error, times: ENDS.length });
    const batchId = await desk.startBatch({ hero_text: ENDS.length });
    const { posts } = await desk.batchUntil(batchId, ({ counts }) => counts.blocked === ENDS.length);
    await desk.whileAway(() =>
      Promise.all(ENDS.map(([words], index) => sendAll(String(posts[index]?.id), words))),
    );
    for (const [index, [, end, review]] of ENDS.entries()) {
      const id = String(posts[index]?.id);
      const post = await desk.postUntil(id, (status) => standing(status) === end);
      expect(decided(post)).toEqual(review);
      // One that ends while it is blocked still says by what.
      if (post.status !== 'cancelled') expect(post.error).toBeNull();
    }
  });
});
