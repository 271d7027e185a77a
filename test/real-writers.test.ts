import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Mix } from '../contract/mix.js';
import type { Charge } from '../contract/money/charge.js';
import type { ChargeStep } from '../contract/states.js';
import type { PostStatus } from '../contract/status.js';
import { deskOver } from './desk-over.js';
import { startHarness, type Harness } from './harness.js';
import { COST_USD, HABITS } from './sloppy/habits.js';
import { BODY_CHARACTERS, CONTROLS, startSloppy, type Sloppy, type SloppyCall } from './sloppy/server.js';

const TOKEN = 'of-the-test';
/** The same choices in every run. */
const SEED = 7;
// On a busy machine.
vi.setConfig({ testTimeout: 600_000 });

let sloppy: Sloppy;
let desk: Harness;

/** Has the tests of a suite run on one desk, whose writer is usual at first. */
function useDesk(api: 'chat' | 'responses', env: object = {}): void {
  beforeAll(async () => {
    sloppy = await startSloppy({ seed: SEED });
    const settings = { OPENAI_BASE_URL: sloppy.url, OPENAI_API: api, OPENAI_PRICE: '0.15/0.60', ...env };
    desk = await startHarness(settings, { media: 'plain' });
  });
  afterAll(async () => {
    await desk.close();
    await sloppy.close();
  });
}

/** Runs a batch until each post waits for a person or can't go on. */
async function run(mix: Mix): Promise<{ batchId: string; posts: PostStatus[] }> {
  const count = Object.values(mix).reduce((sum, one) => sum + one, 0);
  const batchId = await desk.startBatch(mix, { budget: 100_000_000_000 });
  const { posts: planned, error } = await desk.batchUntil(
    batchId,
    ({ posts, status }) => posts.length === count || status === 'blocked',
  );
  expect({ count: planned.length, error }).toEqual({ count, error: null });
  const settled = (id: string) =>
    desk.batchUntil(batchId, ({ posts }) => isSettled(posts.find((one) => one.id === id)?.status));
  // A minute for each of them, however many there are.
  for (const { id } of planned) await settled(id);
  const posts = await Promise.all(planned.map(({ id }) => desk.postStatus(id)));
  return { batchId, posts };
}

const isSettled = (status: string | undefined): boolean =>
  status === 'awaiting_approval' || status === 'blocked';

/** What every batch must show, whoever wrote it. */
async function expectArrived({ batchId, posts }: { batchId: string; posts: PostStatus[] }): Promise<void> {
  expect(posts.map(({ status, error }) => ({ status, error }))).toEqual(
    posts.map(() => ({ status: 'awaiting_approval', error: null })),
  );
  for (const post of posts) {
    const answered = draftsOf(post);
    expect(answered.length, post.id).toBeGreaterThanOrEqual(1);
    expect(answered.length, post.id).toBeLessThanOrEqual(2);
    // The better of the two, by the writer's own account of what it broke.
    const kept = answered
      .map(({ breaks }) => breaks)
      .reduce((best, one) => (one.length <= best.length ? one : best));
    const failed = post.checks.filter(({ ok, rule }) => !ok && !rule.startsWith('plan.'));
    expect(failed.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...kept]));
    for (const { detail } of failed) expect(detail).toMatch(/\w/);
  }
  const plans = sloppy.calls.filter(
    ({ kind, status, key }) => kind === 'plan' && status === 200 && key.includes(batchId),
  );
  expect(plans.length).toBeLessThanOrEqual(2);
  const own = sloppy.calls.filter(({ key }) =>
    [batchId, ...posts.map(({ id }) => id)].some((id) => key.includes(id)),
  );
  expect(bookProblems(own, await desk.services.archive.ledger.listCharges({ batchId }))).toEqual([]);
}

const TEXT_STEPS: readonly ChargeStep[] = ['plan', 'draft', 'chat'];
const NANO = 1_000_000_000;
const BASIS = {
  sound: 'priced',
  missing: 'unknown',
  empty: 'unknown',
  strings: 'unknown',
  cost: 'billed',
} as const;

/** What stands in the archive otherwise than the provider's own log says, a line each. */
function bookProblems(calls: readonly SloppyCall[], charges: readonly Charge[]): string[] {
  const texts = charges.filter(({ step }) => TEXT_STEPS.includes(step));
  const problems: string[] = [];
  for (const { key, requestId, status, usage } of calls) {
    if (status === 400) continue;
    const [charge, ...others] = texts.filter((one) => one.key === key);
    const wanted = status === 'held' ? 'unknown' : BASIS[usage];
    if (!charge || others.length > 0) problems.push(`${key}: ${others.length + (charge ? 1 : 0)} charges`);
    else if (charge.basis !== wanted)
      problems.push(`${key}: ${charge.basis} and not ${wanted} (usage ${usage})`);
    else if (status === 200 && charge.requestId !== requestId)
      problems.push(`${key}: of ${charge.requestId}`);
    else if (wanted === 'billed' && charge.amount !== Math.round(COST_USD * NANO))
      problems.push(`${key}: ${charge.amount} nano-USD were never billed`);
    else if (charge.amount <= 0) problems.push(`${key}: costs nothing`);
  }
  const known = new Set(calls.filter(({ status }) => status !== 400).map(({ key }) => key));
  return [...problems, ...texts.filter(({ key }) => !known.has(key)).map(({ key }) => `${key}: never asked`)];
}

const draftsOf = ({ id }: PostStatus): SloppyCall[] =>
  sloppy.calls.filter(({ kind, status, key }) => kind === 'draft' && status === 200 && key.includes(id));

const missesOf = ({ checks }: PostStatus): string[] => checks.filter(({ ok }) => !ok).map(({ rule }) => rule);

describe('a writer that goes its own way', () => {
  useDesk('chat');

  it('has a batch of 20 arrive at the person, each text paid at most twice and its misses named', async () => {
    const made = await run({ hero_text: 17, video: 3 });
    await expectArrived(made);
    const { posts } = made;
    expect(posts.filter(({ contentFormat }) => contentFormat === 'video')).toHaveLength(3);
    expect(posts.flatMap(missesOf)).toEqual(expect.arrayContaining(['hashtags.count', 'plan.button']));
    for (const { title, caption, hashtags, body, plan } of posts) {
      expect(title).not.toMatch(/^"|"$/);
      expect(hashtags.join(' ') + caption).not.toContain('#');
      expect(plan.button.length).toBeLessThanOrEqual(160);
      // The button is never said word for word, and arrives all the same.
      expect(String(body)).not.toContain(plan.button);
    }
    // The control: the writer did all of this, or the test shows nothing.
    for (const habit of HABITS) expect(sloppy.count(habit), habit).toBeGreaterThan(0);
    expect(sloppy.count('fence')).toBeGreaterThan(10);
    expect(sloppy.count('preface')).toBeGreaterThan(10);
    expect(new Set(sloppy.calls.map(({ usage }) => usage)).size).toBe(5);
    expect(sloppy.count('tag too many')).toBeGreaterThanOrEqual(20);
  });
});

describe('a writer that goes its own way over the Responses API', () => {
  useDesk('responses');

  it('has its texts arrive as well', async () => {
    await expectArrived(await run({ hero_text: 4, video: 1 }));
    expect(sloppy.count('fence')).toBeGreaterThan(0);
  });
});

describe('a server of another kind', () => {
  useDesk('chat', { COPYDESK_TEXT_TIMEOUT: '15' });

  it('that is slow, and loses an answer: the loss is one unknown charge, called a timeout', async () => {
    sloppy.become('late');
    const made = await run({ hero_text: 3 });
    await expectArrived(made);
    const held = sloppy.calls.filter(({ status }) => status === 'held');
    expect(held).toHaveLength(1);
    const post = made.posts.find(({ id }) => held[0]?.key.includes(id));
    const note = post?.pipeline.find(({ step }) => step === 'draft')?.note;
    expect(note).toMatch(/no answer within 15 s \(COPYDESK_TEXT_TIMEOUT\)/);
    expect(post?.unknownUsd).toBeGreaterThan(0);
  });

  it('that attacks who shows its text: what arrives is bounded, and is shown as words', async () => {
    sloppy.become('hostile');
    const made = await run({ hero_text: 2, video: 1 });
    await expectArrived(made);
    const app = deskOver(desk, TOKEN);
    for (const { id, body, account, contentFormat, checks } of made.posts) {
      if (contentFormat === 'hero_text') {
        expect(String(body).length).toBeLessThan(BODY_CHARACTERS);
        expect(checks).toContainEqual(expect.objectContaining({ rule: 'body.length', ok: false }));
      }
      const headers = { Authorization: `Bearer ${TOKEN}` };
      const page = await app.request(`/@${account}/posts/${id}`, { headers });
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).toMatch(/script-src|default-src 'none'/);
      const html = await page.text();
      expect(html).toContain('&lt;script&gt;alert(');
      expect(html).not.toMatch(/<script>alert|<img src=x|href="javascript:/);
      for (const control of CONTROLS) expect(html).not.toContain(control);
    }
  });

  // The last: what is known of a server from then on stays known.
  it('that knows only plain text is found out once, and its posts arrive', async () => {
    sloppy.become('vendor');
    await expectArrived(await run({ hero_text: 2, video: 1 }));
    const refused = sloppy.calls.filter(({ status }) => status === 400).length;
    expect(refused).toBeGreaterThan(0);
    await expectArrived(await run({ hero_text: 2 }));
    expect(sloppy.calls.filter(({ status }) => status === 400)).toHaveLength(refused);
  });
});
