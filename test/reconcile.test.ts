import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inProcess } from '../command/testing/in-process.js';
import type { Costs } from '../contract/lists.js';
import { COST_KEYS } from '../contract/money/charge.js';
import { approveAllSignal } from '../contract/messages.js';
import { formatUsd } from '../contract/money/nano.js';
import type { Reconciliation } from '../contract/reconcile.js';
import type { PostStatus } from '../contract/status.js';
import { charge } from '../services/archive/sample-records.js';
import { deskOver } from './desk-over.js';
import { nano, startHarness, sum, type Harness } from './harness.js';
import { until } from './until.js';

const TOKEN = 'a-token-for-the-test';
const HOUR = 3_600_000;

let copy: Harness;
let web: ReturnType<typeof deskOver>;
beforeAll(async () => {
  // With base URLs and keys set, both providers count as real ones.
  copy = await startHarness({}, { media: 'plain' });
  web = deskOver(copy, TOKEN);
}, 60_000);
beforeEach(() => {
  copy.standIns.control.clear();
  copy.standIns.control.discount(0);
  copy.standIns.control.set({ billing: { latencyMs: 0 } });
});
afterAll(() => copy.close());

/** A clip that is published and on record; `since` is just before its batch. */
async function published(): Promise<{ post: PostStatus; batchId: string; since: string }> {
  const since = new Date().toISOString();
  const { id, batchId } = await copy.waitingPost('video');
  await copy.batch(batchId).signal(approveAllSignal, { by: 'maria' });
  const recorded = await until(
    () => copy.services.archive.records.findPost(id),
    (status) => status?.status === 'published',
  );
  await until(
    () => copy.services.archive.records.findBatch(batchId),
    (status) => status?.status === 'done',
  );
  return { post: recorded as PostStatus, batchId, since };
}

const command = (...args: string[]) => inProcess(['costs', 'reconcile', ...args], copy.env);
async function reconcile(since: string, ...args: string[]): Promise<Reconciliation> {
  const { code, stdout, stderr } = await command('--json', '--since', since, ...args);
  // A line on its progress comes where the machine is slow.
  const complaints = stderr.replace(/^asking fal what it billed: \d+ of \d+ charges\n/gm, '');
  expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
  return JSON.parse(stdout) as Reconciliation;
}
const get = (path: string): Promise<Response> =>
  Promise.resolve(web.request(path, { headers: { Authorization: `Bearer ${TOKEN}` } }));
const api = async <T>(path: string): Promise<T> => (await get(path)).json() as Promise<T>;
const page = async ({ account, id }: PostStatus): Promise<string> =>
  (await (await get(`/@${account}/posts/${id}`)).text()).replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
/** The bills on record of a request, oldest first, in nano-USD. */
async function billRows(requestId: string): Promise<number[]> {
  const amounts: number[] = [];
  for await (const { table, row } of copy.services.archive.transfer.dump())
    if (table === 'bills' && row.request_id === requestId) amounts.push(Number(row.amount));
  return amounts;
}
const requestOf = async ({ id }: PostStatus, step: string): Promise<string> =>
  String(
    (await copy.services.archive.ledger.listCharges({ postId: id })).find((one) => one.step === step)
      ?.requestId,
  );

describe('a post that was billed as counted', () => {
  it('costs the same by query, archive, desk, costs and reconcile, to the nano-dollar', async () => {
    const { post, batchId, since } = await published();
    const { id, costUsd } = post;
    const reconciled = await reconcile(since);
    expect(reconciled).toMatchObject({ provider: 'fal', offline: false, total: { posts: 1, charges: 2 } });
    const [row] = reconciled.posts;
    expect(row).toMatchObject({ id, account: 'ashtalksai', costUsd, unknownUsd: 0, unbilled: 0 });

    expect((await copy.postStatus(id)).costUsd).toBe(costUsd);
    expect(nano(costUsd)).toBe(
      sum((await copy.services.archive.ledger.listCharges({ postId: id })).map(({ amount }) => amount)),
    );
    expect(nano(costUsd)).toBe(sum(post.pipeline.map((step) => nano(step.costUsd))));
    const text = await page(post);
    expect(text).toContain(`${formatUsd(nano(costUsd))} total`);
    expect(text).not.toContain('billed');
    expect(await api(`/api/posts/${id}`)).toMatchObject({ costUsd, billedUsd: 0.62 });

    const batch = await copy.batchStatus(batchId);
    for (const by of COST_KEYS) {
      const { rows, total } = await api<Costs>(`/api/costs?by=${by}&since=${since}`);
      expect(nano(total.costUsd)).toBe(nano(batch.costUsd));
      expect(sum(rows.map((one) => nano(one.costUsd)))).toBe(nano(batch.costUsd));
    }
    const bySteps = await api<Costs>(`/api/costs?by=step&since=${since}`);
    const ofPost = bySteps.rows.filter(({ key }) => key !== 'plan');
    expect(sum(ofPost.map((one) => nano(one.costUsd)))).toBe(nano(costUsd));
  });

  it('is billed what the provider holds in its own ledger, and nothing is added by doing it again', async () => {
    const { post, since } = await published();
    const first = await reconcile(since);
    const ids = [await requestOf(post, 'hero_image'), await requestOf(post, 'video')];
    const ledger = (await copy.standIns.ledger()).filter(({ requestId }) => ids.includes(requestId));
    expect(first.total).toMatchObject({ differing: 0, differenceUsd: 0, unbilled: 0, providerUsd: 0.62 });
    expect(nano(Number(first.total.billedUsd))).toBe(sum(ledger.map(({ amountNano }) => amountNano)));

    const again = await reconcile(since);
    expect({ ...again, checkedAt: first.checkedAt }).toEqual(first);
    expect(await billRows(ids[0]!)).toEqual([60_000_000]);
    const { stdout } = await command('--since', since);
    expect(stdout).toMatch(/^fal billed \$0\.62 for 2 charges of 1 post, to the nano-dollar as counted\.\n/);
    expect(stdout).toContain('- Text calls are not compared');
  });
});

describe('a post that was billed other than counted', () => {
  it('keeps its cost as decided, with the bill beside it', async () => {
    copy.standIns.control.discount(10);
    const { post, since } = await published();
    const { posts, total } = await reconcile(since);
    expect(posts).toMatchObject([
      { id: post.id, costUsd: post.costUsd, providerUsd: 0.62, billedUsd: 0.558, differenceUsd: -0.062 },
    ]);
    expect(total).toMatchObject({ posts: 1, differing: 1, billedUsd: 0.558, differenceUsd: -0.062 });

    expect(await api(`/api/posts/${post.id}`)).toMatchObject({ costUsd: post.costUsd, billedUsd: 0.558 });
    expect((await copy.postStatus(post.id)).costUsd).toBe(post.costUsd);
    expect(await page(post)).toContain('billed $0.56, $0.06 less than counted');
    const { code, stdout } = await command('--since', since, '--account', 'ashtalksai');
    expect(code).toBe(0);
    expect(stdout).toContain('$0.06 less than counted: 1 post billed other than counted.');
    expect(stdout).toMatch(
      new RegExp(`${post.id} +@ashtalksai +\\$0\\.62 +\\$0\\.62 +\\$0\\.56 +-\\$0\\.06 +0`),
    );
    expect((await reconcile(since, '--account', 'crumbandcrust')).total).toMatchObject({
      posts: 0,
      billedUsd: null,
    });
  });

  it('has each correction as a bill of its own', async () => {
    const { post, since } = await published();
    const requestId = await requestOf(post, 'video');
    await reconcile(since);
    copy.standIns.control.correct(requestId, -560_000_000);
    expect((await reconcile(since)).posts).toMatchObject([{ billedUsd: 0.06, differenceUsd: -0.56 }]);
    copy.standIns.control.correct(requestId, 1);
    const { posts } = await reconcile(since);
    expect(posts).toMatchObject([
      { costUsd: post.costUsd, billedUsd: 0.060000001, differenceUsd: -0.559999999 },
    ]);
    expect(await billRows(requestId)).toEqual([560_000_000, -560_000_000, 1]);
  });
});

describe('what can not be seen', () => {
  it('is what has no billing event yet; it arrives the next time', async () => {
    copy.standIns.control.set({ billing: { latencyMs: HOUR } });
    const { post, since } = await published();
    const early = await reconcile(since);
    expect(early.posts).toMatchObject([
      { id: post.id, unbilled: 2, providerUsd: 0.62, billedUsd: null, differenceUsd: null },
    ]);
    expect(early.notSeen.join(' ')).toMatch(/2 charges have no billing event yet.* none does not mean free/);
    expect(await api(`/api/posts/${post.id}`)).not.toHaveProperty('billedUsd');
    expect(await page(post)).not.toContain('billed');

    copy.standIns.control.set({ billing: { latencyMs: 0 } });
    expect((await reconcile(since)).total).toMatchObject({ unbilled: 0, billedUsd: 0.62, differenceUsd: 0 });
  });

  it('is everything with a key that may not see it, which is named; bills of before stay', async () => {
    const { post, since } = await published();
    await reconcile(since);
    copy.standIns.control.fail({ on: 'billing', kind: 'status', status: 403 });
    const { posts, notSeen } = await reconcile(since);
    expect(notSeen[0]).toBe(
      'fal: the billing events may not be seen with FAL_KEY (HTTP 403); set FAL_ADMIN_KEY to an admin key.',
    );
    expect(posts).toMatchObject([{ id: post.id, billedUsd: 0.62 }]);
  });

  it('is what stand-ins made', async () => {
    const { post, since } = await published();
    const { id: postId, batchId, account, planner } = post;
    const offline = charge('video', {
      key: `post/${postId}/offline`,
      provider: 'fal',
      requestId: 'offline-1',
      offline: true,
    });
    const charges = [{ ...offline, at: new Date().toISOString() }];
    await copy.services.archive.ledger.settle({ payer: { account, planner, batchId, postId }, charges });
    expect(await copy.services.archive.ledger.listCharges({ postId })).toContainEqual(
      expect.objectContaining({ offline: true }),
    );
    expect((await reconcile(since)).total).toMatchObject({ charges: 2, unbilled: 0 });
  });
});

describe('a provider that does not answer', () => {
  it('is asked again', async () => {
    const { since } = await published();
    copy.standIns.control.fail({ on: 'billing', kind: 'status', status: 503 });
    expect((await reconcile(since)).total).toMatchObject({ unbilled: 0 });
    copy.standIns.control.fail({ on: 'billing', kind: 'drop-before' });
    expect((await reconcile(since)).total).toMatchObject({ unbilled: 0 });
  });

  it('fails the command in one line with its words', async () => {
    const { since } = await published();
    const error = { type: 'validation_error', message: 'start is not a time' };
    copy.standIns.control.fail({ on: 'billing', kind: 'status', status: 400, body: { error } });
    const { code, stdout, stderr } = await command('--since', since);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^the comparison failed at .*: fal: platform API: HTTP 400: start is not a time\n$/,
    );
  });
});
