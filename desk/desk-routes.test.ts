import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESK_URL, OPENING_MS, openDesk, TOKEN, type DeskUnderTest } from './testing/desk-under-test.js';
import { sampleBatch, waitingPost } from './testing/samples.js';

const WAITING = 'WaitingPost1';
const REMINDED = 'RemindedPos1';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch(sampleBatch({ offline: true }));
  await desk.savePost(waitingPost(WAITING, { offline: true }));
  await desk.savePost(waitingPost(REMINDED, { gate: 'media' }), '2026-06-28T14:00:00.000Z');
}, OPENING_MS);
afterAll(() => desk.close());

const post = async (path: string, token: string, headers: Record<string, string> = {}): Promise<Response> =>
  desk.app.request(path, {
    method: 'POST',
    body: new URLSearchParams({ token }),
    headers: { Origin: DESK_URL, ...headers },
  });

describe('signing in', () => {
  it('is asked for, and shows nothing before', async () => {
    const page = await (await desk.get('/desk')).text();
    expect(page).toContain('action="/desk/sign-in"');
    expect(page).not.toContain(WAITING);
  });

  it('sets a cookie that scripts and other sites never get, and that is not the token', async () => {
    const answer = await post('/desk/sign-in', TOKEN);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/desk');
    const cookie = answer.headers.get('set-cookie') as string;
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    expect(cookie).not.toContain(TOKEN);
    const page = await (await desk.get('/desk', { Cookie: cookie.split(';')[0] as string })).text();
    expect(page).toContain(WAITING);
  });

  it.each(['', 'wrong', `${TOKEN}x`])("refuses '%s'", async (token) => {
    const answer = await post('/desk/sign-in', token);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('refuses a form of another site, a huge one and one that is none', async () => {
    expect((await post('/desk/sign-in', TOKEN, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await post('/desk/sign-in', 'x'.repeat(10_000))).status).toBe(413);
    const broken = await post('/desk/sign-in', '', { 'Content-Type': 'multipart/form-data; boundary=x' });
    expect(broken.status).toBe(401);
  });

  it('ends with signing out', async () => {
    const signedIn = await post('/desk/sign-in', TOKEN);
    const Cookie = String(signedIn.headers.get('set-cookie')).split(';')[0] as string;
    const answer = await post('/desk/sign-out', '', { Cookie });
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0');
    expect(await (await desk.get('/desk', { Cookie })).text()).toContain('action="/desk/sign-in"');
  });
});

it('shows what waits and the batches, each with the command that approves it', async () => {
  const page = await (await desk.getSignedIn('/desk')).text();
  expect(page).toContain(`npx copydesk approve ${WAITING} --revision 1`);
  expect(page).toContain(`href="/@harbor/posts/${WAITING}"`);
  expect(page).toContain('npx copydesk approve --batch BatchBatch01');
  expect(page).toContain('offline sample');
});

it('marks those that a person was reminded of', async () => {
  const page = await (await desk.getSignedIn('/desk')).text();
  const row = (id: string): string => page.split('<li>').find((item) => item.includes(id)) ?? '';
  expect(row(REMINDED)).toMatch(/gate media .*<strong>reminded<\/strong>/s);
  expect(row(WAITING)).not.toContain('reminded');
});
