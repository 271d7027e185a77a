import { afterAll, beforeAll, expect, it } from 'vitest';
import { DESK_URL, OPENING_MS, openDesk, TOKEN, type DeskUnderTest } from '../testing/desk-under-test.js';

const DELIVERED = `msg_${'a'.repeat(24)}`;
const FAILED = `msg_${'b'.repeat(24)}`;
const ELSEWHERE = `msg_${'c'.repeat(24)}`;

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch();
  const { deliveries } = desk.archive;
  for (const [id, account] of [
    [DELIVERED, 'harbor'],
    [FAILED, 'harbor'],
    [ELSEWHERE, 'other'],
  ] as const)
    await deliveries.add({
      ...{ id, account, url: 'https://hooks.example/services/XXSECRET', secretVariable: 'DESK_SECRET' },
      ...{ type: 'post.blocked', postId: 'BlockedPost1', batchId: 'BatchBatch01', body: '{}' },
      at: new Date().toISOString(),
    });
  const none = { lastStatusCode: null, lastError: null, nextTryAt: null };
  await deliveries.saveTry(DELIVERED, { ...none, status: 'delivered', lastStatusCode: 204 });
  await deliveries.saveTry(FAILED, {
    ...none,
    status: 'failed',
    lastStatusCode: 500,
    lastError: '<b>down</b>',
  });
}, OPENING_MS);
afterAll(() => desk.close());

const again = (path: string, headers: Record<string, string> = {}) =>
  desk.app.request(path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, Origin: DESK_URL, ...headers },
  });

it('shows what was told to whom and what came of it, of this account alone, and no secret of an address', async () => {
  const shown = await (await desk.getSignedIn('/desk/accounts/harbor/deliveries')).text();
  expect(shown).toContain('to hooks.example');
  expect(shown).not.toContain('XXSECRET');
  expect(shown).toContain('href="/desk/posts/BlockedPost1"');
  expect(shown).toContain('1 try, answered 204');
  expect(shown).toContain('1 try, answered 500: &lt;b&gt;down&lt;/b&gt;');
  expect(shown).not.toContain(ELSEWHERE);
});

it('sends one again by a form of ours, if it is of this account', async () => {
  const answer = await again(`/desk/accounts/harbor/deliveries/${FAILED}/again`);
  expect(answer.headers.get('location')).toBe('/desk/accounts/harbor/deliveries?done=again');
  expect(desk.workflows.told).toEqual([{ what: 'sendAgain', id: FAILED, value: null }]);
  const foreign = { Origin: 'https://evil.example' };
  expect((await again(`/desk/accounts/harbor/deliveries/${FAILED}/again`, foreign)).status).toBe(403);
  expect((await again(`/desk/accounts/harbor/deliveries/${ELSEWHERE}/again`)).status).toBe(404);
  expect((await again('/desk/accounts/harbor/deliveries/none/again')).status).toBe(404);
  expect(desk.workflows.told).toHaveLength(1);
});

it('says that nothing was delivered', async () => {
  const shown = await (await desk.getSignedIn('/desk/accounts/quiet/deliveries')).text();
  expect(shown).toContain('Nothing was delivered in the last 30 days.');
});
