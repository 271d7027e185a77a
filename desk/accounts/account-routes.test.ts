import { beforeAll, describe, expect, it } from 'vitest';
import { expectShown, useDesk } from '../testing/use-desk.js';
import { sampleAccount, sampleBatch, waitingPost } from '../testing/samples.js';

const desk = useDesk();
beforeAll(async () => {
  await desk.saveBatch();
  await desk.savePost(waitingPost('WaitingPost1'));
  const gone = sampleAccount({ handle: 'gone', name: 'Gone' });
  await desk.saveBatch(sampleBatch({ id: 'GoneBatch001', account: 'gone' }), gone);
  await desk.writeAccount('gone', null);
  await desk.writeAccount('broken', 'name: Broken\nvoise: Loud.\n');
});

const page = (path: string): Promise<string> => desk.textSignedIn(`/desk/accounts${path}`);

describe('the accounts', () => {
  it('are listed with their posts, and every file with what is wrong in it', async () => {
    const list = await page('');
    expectShown(list, ['href="/desk/accounts/harbor"', '1 awaiting approval', 'no file']);
    expect(list).toContain('broken.yaml:2</code> <strong>voise</strong>: unknown key; did you mean voice?');
  });

  it('are shown as pages to read', async () => {
    const shown = await page('/harbor');
    expectShown(shown, ['Dry and exact.', 'Ink and wash.', 'Ports.', 'Be exact.', 'gpt-6-luna']);
    expectShown(shown, [
      'Each batch',
      'Europe/Warsaw',
      'href="/@harbor"',
      'href="/desk/batches/BatchBatch01"',
    ]);
    expect(shown).toContain('href="/desk/batches/new?account=harbor&amp;planner=ships_and_ports"');
  });

  it('are shown as their files are now, with what is wrong in them', async () => {
    await desk.saveAccount({ handle: 'fresh', voice: 'New every day.' });
    expect(await page('/fresh')).toContain('New every day.');
    await desk.writeAccount('fresh', 'voice: ""\n');
    const broken = 'fresh.yaml:1</code> <strong>voice</strong>: is empty';
    expectShown(await page('/fresh'), [broken, 'problems keep']);
  });

  it('without a file are shown as their last batch kept them, and no other is there', async () => {
    expectShown(await page('/gone'), ['Its file is gone'], ['New batch']);
    for (const none of ['nobody', '..%2F..%2Fetc'])
      expect((await desk.getSignedIn(`/desk/accounts/${none}`)).status).toBe(404);
  });
});

describe('the log of webhooks', () => {
  const [DELIVERED, FAILED, ELSEWHERE] = ['a', 'b', 'c'].map((letter) => `msg_${letter.repeat(24)}`);
  const LOG = '/desk/accounts/harbor/deliveries';
  beforeAll(async () => {
    const { deliveries } = desk.archive;
    const receiver = { url: 'https://hooks.example/services/XXSECRET', secretVariable: 'DESK_SECRET' };
    const event = {
      type: 'post.blocked',
      postId: 'BlockedPost1',
      batchId: 'BatchBatch01',
      body: '{}',
    } as const;
    const add = (id: string, account: string) =>
      deliveries.add({ id, account, ...receiver, ...event, at: new Date().toISOString() });
    await add(DELIVERED!, 'harbor');
    await add(FAILED!, 'harbor');
    await add(ELSEWHERE!, 'other');
    const none = { lastStatusCode: null, lastError: null, nextTryAt: null };
    await deliveries.saveTry(DELIVERED!, { ...none, status: 'delivered', lastStatusCode: 204 });
    const down = { ...none, lastStatusCode: 500, lastError: '<b>down</b>' };
    await deliveries.saveTry(FAILED!, { ...down, status: 'failed' });
  });

  it('shows what was told to whom and what came of it, of this account alone, and no secret of an address', async () => {
    const shown = await page('/harbor/deliveries');
    expectShown(shown, ['to hooks.example', 'href="/desk/posts/BlockedPost1"'], ['XXSECRET', ELSEWHERE!]);
    expectShown(shown, ['1 try, answered 204', '1 try, answered 500: &lt;b&gt;down&lt;/b&gt;']);
    expect(await page('/quiet/deliveries')).toContain('Nothing was delivered in the last 30 days.');
  });

  it('sends one again by a form, if it is of this account', async () => {
    const answer = await desk.postSignedIn(`${LOG}/${FAILED}/again`);
    expect(answer.headers.get('location')).toBe(`${LOG}?done=again`);
    for (const other of [ELSEWHERE, 'none'])
      expect((await desk.postSignedIn(`${LOG}/${other}/again`)).status).toBe(404);
    expect(desk.workflows.told).toEqual([{ what: 'sendAgain', id: FAILED, value: null }]);
  });
});
