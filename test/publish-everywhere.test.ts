/** One post, from its plan to every kind of target at once: each gets what the person saw, and each is rid of it again. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PostStatus } from '../contract/status.js';
import { FEED } from '../contract/targets/target.js';
import { QUEUES } from '../contract/task-queues.js';
import { UNPUBLISH_WORKFLOW, unpublishWorkflowId, type UnpublishInput } from '../contract/unpublish.js';
import { startMastodon, type MastodonStandIn } from '../offline/mastodon/stand-in.js';
import { accountWith } from './batch-input.js';
import { startHarness, type Harness } from './harness.js';
import { PDS_OPENING_MS, startPds, type TestAccount, type TestPds } from './pds.js';
import { startReceiver, type Receiver } from './webhooks/receiver.js';
import type { Target } from '../contract/account.js';

const SECRET = `whsec_${Buffer.from('a secret of the tests, 32 bytes').toString('base64')}`;

let desk: Harness;
let pds: TestPds;
let ash: TestAccount;
let instance: MastodonStandIn;
let receiver: Receiver;
let targets: Target[];

beforeAll(async () => {
  pds = await startPds();
  ash = await pds.createAccount('ash');
  instance = await startMastodon();
  receiver = await startReceiver(SECRET);
  vi.stubEnv('ASH_APP_PASSWORD', ash.password);
  vi.stubEnv('ASH_TOKEN', instance.token);
  vi.stubEnv('ASH_SECRET', SECRET);
  desk = await startHarness({ COPYDESK_ALLOW_PRIVATE: '1' }, { media: 'plain' });
  const service = pds.proxy.url;
  targets = [
    FEED,
    {
      ...{ kind: 'bluesky', name: 'bluesky' },
      settings: { identifier: ash.handle, password: 'ASH_APP_PASSWORD', service },
    },
    { kind: 'mastodon', name: 'fediverse', settings: { instance: instance.url, token: 'ASH_TOKEN' } },
    { kind: 'webhook', name: 'magazine', settings: { url: receiver.url, secret: 'ASH_SECRET' } },
  ];
}, PDS_OPENING_MS);
afterAll(async () => {
  vi.unstubAllEnvs();
  await desk?.close();
  await receiver?.close();
  await instance?.close();
  await pds?.close();
}, 60_000);

const textFor = ({ texts = [] }: PostStatus, target: string) => texts.find((one) => one.target === target);

it('goes out everywhere as it was seen, and is taken back everywhere', async () => {
  const { id } = await desk.waitingPost('hero_text', await accountWith({ targets }));
  const own = 'In my own words, for the fediverse alone.';
  await desk.review(id, { decision: 'edit', by: 'mo', target: 'fediverse', text: own });
  const seen = await desk.postStatus(id);
  expect(textFor(seen, 'fediverse')).toMatchObject({ text: own, own: true });
  expect(textFor(seen, 'bluesky')).toMatchObject({ own: false });

  await desk.review(id, { decision: 'approve', by: 'mo', revision: 2 });
  const status = await desk.postEnd(id);
  expect(status).toMatchObject({ status: 'published', error: null });
  expect(status.publications.map(({ target }) => target).toSorted()).toEqual(
    targets.map(({ name }) => name).toSorted(),
  );
  const [record, ...more] = await pds.postsOf(ash.did);
  expect(more).toEqual([]);
  expect(record?.value).toMatchObject({
    text: textFor(seen, 'bluesky')?.text,
    embed: { images: [{ alt: status.altText }] },
  });
  expect(instance.statuses()).toMatchObject([{ text: own }]);
  expect(receiver.taken.map(({ event }) => [event.type, event.data.post?.id])).toEqual([
    ['post.published', id],
  ]);

  await desk.client.workflow.execute<(input: UnpublishInput) => Promise<unknown>>(UNPUBLISH_WORKFLOW, {
    workflowId: unpublishWorkflowId(id),
    taskQueue: QUEUES.workflows,
    args: [{ postId: id, by: 'mo', reason: 'a wrong figure' }],
  });
  const gone = await desk.services.archive.records.findPost(id);
  expect(gone?.status).toBe('unpublished');
  expect(gone?.publications.filter(({ removedAt }) => removedAt === null)).toEqual([]);
  expect(await pds.postsOf(ash.did)).toEqual([]);
  expect(instance.statuses()).toEqual([]);
  expect(receiver.taken.at(-1)?.event.type).toBe('post.unpublished');
}, 120_000);
