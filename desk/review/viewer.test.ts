import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashToken, type KnownPerson } from '../../config/people/person.js';
import { DESK_URL, OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { sampleBatch, waitingPost } from '../testing/samples.js';

const WAITING = 'WaitingPost1';
const VERA = 'a-token-of-who-only-reads';
const ANA = 'a-token-of-who-decides';
const PEOPLE: Readonly<Record<string, KnownPerson>> = {
  [VERA]: { name: 'vera', role: 'viewer', token: hashToken(VERA) },
  [ANA]: { name: 'ana', role: 'editor', token: hashToken(ANA) },
};

let desk: DeskUnderTest;
beforeAll(async () => {
  const byName = (name: string) => Object.values(PEOPLE).find((known) => known.name === name) ?? null;
  desk = await openDesk({ people: { byToken: (token) => PEOPLE[token] ?? null, byName } });
  await desk.saveBatch(sampleBatch());
  await desk.savePost(waitingPost(WAITING));
}, OPENING_MS);
afterAll(() => desk.close());

const as = (token: string) => ({ Authorization: `Bearer ${token}`, Origin: DESK_URL });
const decide = (token: string, path: string) => {
  const body = new URLSearchParams({ decision: 'approve', revision: '1', batch: 'BatchBatch01' });
  body.append('post', `${WAITING}:1`);
  return desk.app.request(path, { method: 'POST', body, headers: as(token) });
};

it.each(['/desk', `/desk/posts/${WAITING}`, `/desk/posts/${WAITING}?edit=1`, '/desk?batch=BatchBatch01'])(
  'who only reads sees %s without a form that decides',
  async (path) => {
    const html = await (await desk.get(path, as(VERA))).text();
    expect(html).toContain('The clock over the gate shows two times.');
    const posted = [...html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"/g)];
    expect(posted.map(([, action]) => action)).toEqual(['/desk/sign-out']);
    expect(html).not.toContain('type="checkbox"');
  },
);

it.each([
  ...['decide', 'picture', 'unpublish'].map((form) => `/desk/posts/${WAITING}/${form}`),
  ...['/desk/decide', '/desk/approve-all'],
])('who only reads decides nothing at %s', async (path) => {
  const answer = await decide(VERA, path);
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('change nothing')]);
  expect(desk.workflows.told).toEqual([]);
});

it('who decides does so by their name', async () => {
  expect((await decide(ANA, `/desk/posts/${WAITING}/decide`)).status).toBe(303);
  expect(desk.workflows.told).toEqual([
    { what: 'review', id: WAITING, value: { decision: 'approve', by: 'ana', revision: 1 } },
  ]);
});
