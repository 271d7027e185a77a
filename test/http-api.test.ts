/** The HTTP API of an install as a user has it, over real workflows: with people, with the typed client, and with a link. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CopydeskHttp, RefusedError } from '../client/index.js';
import type { PostStatus } from '../contract/status.js';
import { AllInOne } from './all-in-one.js';
import { until } from './until.js';

const install = new AllInOne();
const folder = mkdtempSync(join(tmpdir(), 'copydesk-http-api-'));
const file = join(folder, 'people.yaml');
let url: string;
let tokens: Record<'maria' | 'jo', string>;
let copydesk: CopydeskHttp;

async function personLine(...args: string[]): Promise<{ token: string; entry: string }> {
  return install.json('people', 'token', ...args);
}

beforeAll(async () => {
  writeFileSync(file, '# nobody yet\n');
  ({ desk: url } = await install.start({ COPYDESK_PEOPLE: file }));
  const [maria, jo] = [await personLine('maria'), await personLine('jo', '--role', 'viewer')];
  // The desk reads it again by itself.
  writeFileSync(file, `${maria.entry}\n${jo.entry}\n`);
  tokens = { maria: maria.token, jo: jo.token };
  copydesk = await CopydeskHttp.connect({ url, token: maria.token });
}, 120_000);
afterAll(async () => {
  await install.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const ORDER = { account: 'ashtalksai', planner: 'data_and_retrieval', mix: { hero_text: 2 } };

/** A batch whose posts all wait. */
async function waitingBatch(): Promise<{ batchId: string; posts: readonly string[] }> {
  const { batchId } = await copydesk.batches.start(ORDER);
  const { posts } = await until(
    () => copydesk.posts.list({ batch: batchId, waiting: true }),
    (page) => page.posts.length === 2,
  );
  return { batchId, posts: posts.map(({ id }) => id) };
}
const form = (address: string, fields: Record<string, string>): Promise<Response> =>
  fetch(address, {
    method: 'POST',
    headers: { origin: url },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });

describe('a batch over HTTP', () => {
  it('is estimated, started, paused, resumed, given a budget, approved and cancelled', async () => {
    const { costUsd, steps } = await copydesk.batches.estimate(ORDER);
    expect(costUsd).toBeGreaterThan(0);
    expect(steps.map(({ step }) => step)).toEqual(['plan', 'draft', 'hero_image']);
    const { batchId, posts } = await waitingBatch();
    expect(await copydesk.batches.pause(batchId)).toEqual({ status: 'paused' });
    expect((await copydesk.batches.resume(batchId)).status).toBe('running');
    expect((await copydesk.batches.setBudget(batchId, { usd: 3 })).status).toBe('running');
    expect(await copydesk.batches.status(batchId)).toMatchObject({ budgetUsd: 3, account: 'ashtalksai' });
    expect((await copydesk.batches.list({ limit: 1 })).batches).toMatchObject([{ id: batchId }]);
    await copydesk.posts.review(posts[0]!, { decision: 'reject', reason: 'Not today.' });
    await copydesk.batches.approveAll(batchId);
    const last = await until(
      () => copydesk.posts.status(posts[1]!),
      (post) => post.status === 'published',
    );
    expect(last.review).toMatchObject([{ decision: 'approve', by: 'maria', counted: true }]);
    await expect(copydesk.posts.review(posts[1]!, { decision: 'approve' })).rejects.toThrow(RefusedError);
    await expect(copydesk.batches.start({ ...ORDER, id: batchId })).rejects.toThrow(/already used/);
    const other = await copydesk.batches.start(ORDER);
    await copydesk.batches.cancel(other.batchId);
    await until(
      () => copydesk.batches.status(other.batchId),
      ({ status }) => status === 'cancelled',
    );
  }, 180_000);

  it('is not started with a planner that there is not', async () => {
    await expect(copydesk.batches.start({ ...ORDER, planner: 'data_and_retrival' })).rejects.toMatchObject({
      field: 'planner',
      message: expect.stringContaining('did you mean data_and_retrieval?') as string,
    });
  });
});

describe('a link', () => {
  it('lets somebody without a token decide once, also after a restart', async () => {
    const { posts } = await waitingBatch();
    const { url: link } = await install.json<{ url: string }>('post', 'share', posts[0]!, '--expires', '1h');
    const page = await fetch(link);
    const text = await page.text();
    expect([page.status, page.headers.get('x-robots-tag')]).toEqual([200, 'noindex']);
    expect(text).not.toContain(posts[1]!);
    const [, picture = ''] = /<img class="media" src="([^"]+)"/.exec(text) ?? [];
    const shown = await fetch(`${url}${picture}`);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);

    const decided = await form(link, { name: 'Jo', decision: 'approve', words: 'Good.' });
    expect([decided.status, decided.headers.get('location')]).toEqual([
      303,
      `${new URL(link).pathname}/done`,
    ]);
    const post: PostStatus = await until(
      () => copydesk.posts.status(posts[0]!),
      ({ status }) => status === 'published',
    );
    expect(post.review).toMatchObject([
      { decision: 'approve', by: 'Jo (link)', note: 'Good.', counted: true },
    ]);

    const { url: other } = await copydesk.posts.share(posts[1]!);
    await install.kill();
    await install.start();
    expect((await fetch(link)).status).toBe(410);
    expect((await form(link, { name: 'Jo', decision: 'approve' })).status).toBe(410);
    expect((await fetch(other)).status).toBe(200);
    await copydesk.posts.review(posts[1]!, { decision: 'edit', caption: 'By hand.' });
    // A workflow that is slow to answer is shown as the archive has it.
    const changed = await until(
      () => fetch(other),
      ({ status }) => status === 410,
    );
    expect([changed.status, await changed.text()]).toEqual([410, expect.stringContaining('revision 2 now')]);
  }, 180_000);
});

describe('people', () => {
  it('a viewer reads and does not decide; who is taken out is nobody', async () => {
    const viewer = await CopydeskHttp.connect({ url, token: tokens.jo });
    expect(await viewer.accounts()).toHaveLength(2);
    await expect(viewer.batches.start(ORDER)).rejects.toMatchObject({ status: 403 });
    const signIn = await form(`${url}/desk/sign-in`, { token: tokens.jo });
    const cookie = String(signIn.headers.get('set-cookie')).split(';')[0] ?? '';
    const read = (): Promise<Response> => fetch(`${url}/api/posts`, { headers: { cookie } });
    expect((await read()).status).toBe(200);
    writeFileSync(file, '# nobody any more\n');
    expect((await read()).status).toBe(401);
    await expect(viewer.accounts()).rejects.toThrow(/refuses the token/);
    await expect(copydesk.accounts()).rejects.toThrow(/refuses the token/);
  });
});
