import { beforeAll, expect, it } from 'vitest';
import {
  TOKEN,
  EDITOR_TOKEN,
  twoPeople,
  VIEWER_TOKEN,
  useDeskOverHttp,
} from '../../desk/testing/use-desk.js';
import { sampleBatch, samplePost, waitingPost } from '../../desk/testing/samples.js';
import { UsageError } from '../../contract/errors.js';
import { DeskRefusal } from '../desk-api.js';
import { DeskError, RefusedError } from '../errors.js';
import { CopydeskHttp } from './copydesk-http.js';

const WAITING = 'WaitingPost1';
const PUBLIC = 'PublicPost01';
const BATCH = 'BatchBatch01';

let copydesk: CopydeskHttp;
const { desk, served } = useDeskOverHttp({ people: twoPeople() });
beforeAll(async () => {
  await desk.saveBatch();
  await desk.publish(samplePost(PUBLIC));
  await desk.savePost(waitingPost(WAITING));
  desk.running.batches.set(BATCH, sampleBatch());
  copydesk = await CopydeskHttp.connect({ url: `${served.url}/`, token: EDITOR_TOKEN });
});

it('lists and reads posts', async () => {
  const { posts, next } = await copydesk.posts.list({ waiting: true, account: 'harbor', limit: 5 });
  expect([posts.map(({ id }) => id), next]).toEqual([[WAITING], null]);
  const first = await copydesk.posts.list({ limit: 1 });
  const rest = await copydesk.posts.list({ limit: 1, cursor: first.next ?? '' });
  expect(new Set([...first.posts, ...rest.posts].map(({ id }) => id))).toEqual(new Set([WAITING, PUBLIC]));
  expect(await copydesk.posts.status(WAITING)).toMatchObject({ id: WAITING, gate: 'publish' });
});

it('decides, as the person whose token it is', async () => {
  const decision = { decision: 'approve', revision: 1 } as const;
  expect(await copydesk.posts.review(WAITING, decision)).toEqual({ status: 'scheduled', revision: 1 });
  expect(desk.workflows.told.at(-1)).toMatchObject({ value: { ...decision, by: 'maria' } });
  expect((await copydesk.posts.share(WAITING, { expiresIn: '2h' })).url).toContain('/review/');
  expect(await copydesk.posts.unpublish(PUBLIC, { reason: 'Old.' })).toEqual({ status: 'unpublished' });
});

it('estimates, starts and orders batches', async () => {
  const order = { account: 'harbor', planner: 'ships_and_ports', mix: { video: 1 } };
  expect((await copydesk.batches.estimate(order)).costUsd).toBeGreaterThan(0);
  expect((await copydesk.batches.start(order)).batchId).toMatch(/^\w{12}$/);
  expect((await copydesk.batches.list()).batches.map(({ id }) => id)).toEqual([BATCH]);
  expect(await copydesk.batches.pause(BATCH)).toEqual({ status: 'paused' });
  expect(await copydesk.batches.resume(BATCH)).toEqual({ status: 'running' });
  expect(await copydesk.batches.setBudget(BATCH, { usd: 9 })).toEqual({ status: 'running' });
  expect(await copydesk.batches.status(BATCH)).toMatchObject({ budgetUsd: 9 });
  expect(await copydesk.batches.cancel(BATCH, { reason: 'Enough.' })).toEqual({ status: 'cancelled' });
  await expect(copydesk.batches.approveAll(BATCH)).rejects.toThrow(RefusedError);
});

it('reads costs and accounts', async () => {
  expect(await copydesk.costs({ by: 'model' })).toMatchObject({ rows: [], total: { key: 'total' } });
  expect(await copydesk.accounts()).toMatchObject([{ handle: 'harbor', formats: ['video', 'hero_text'] }]);
});

it('fails with the errors of the library', async () => {
  const order = { account: 'harbor', planner: 'ships_and_ports', mix: { audio: 1 } };
  await expect(copydesk.batches.start(order)).rejects.toMatchObject({ name: 'UsageError', field: 'mix' });
  await expect(copydesk.costs({ since: 'soon' })).rejects.toThrow(UsageError);
  await expect(copydesk.posts.share(PUBLIC)).rejects.toThrow(/^post PublicPost01 is published; a link is/);
  const unknown = { name: 'DeskError', status: 404 };
  await expect(copydesk.posts.status('NoSuchPost01')).rejects.toMatchObject(unknown);
  await expect(copydesk.posts.status('../costs')).rejects.toThrow(DeskRefusal);
  const viewer = await CopydeskHttp.connect({ url: served.url, token: VIEWER_TOKEN });
  await expect(viewer.batches.start(order)).rejects.toMatchObject({ status: 403, reason: /jo reads/ });
});

it('does not connect where the token is refused, and where nothing answers', async () => {
  const connect = (url: string, token: string) => CopydeskHttp.connect({ url, token });
  await expect(connect(served.url, 'wrong')).rejects.toThrow(/refuses the token/);
  await expect(connect('http://127.0.0.1:9', TOKEN)).rejects.toThrow(DeskError);
});
