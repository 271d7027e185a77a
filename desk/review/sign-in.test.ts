import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESK_URL, OPENING_MS, openDesk, TOKEN, type DeskUnderTest } from '../testing/desk-under-test.js';
import { sampleBatch, waitingPost } from '../testing/samples.js';

const WAITING = 'WaitingPost1';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch(sampleBatch({ offline: true }));
  await desk.savePost(waitingPost(WAITING, { offline: true }));
}, OPENING_MS);
afterAll(() => desk.close());

const send = async (
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> =>
  desk.app.request(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Origin: DESK_URL, ...headers },
  });

const post = (path: string, token: string, headers: Record<string, string> = {}): Promise<Response> =>
  send(path, { token }, headers);

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

describe('signing in with a link', () => {
  const page = async (answer: Response) => `${answer.status} ${await answer.text()}`;

  it('is taken once, and nothing else is', async () => {
    const once = desk.once.make();
    const answer = await send('/desk/sign-in', { once });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/desk']);
    const Cookie = String(answer.headers.get('set-cookie')).split(';')[0] as string;
    expect(await (await desk.get('/desk', { Cookie })).text()).toContain(WAITING);
    const again = await send('/desk/sign-in', { once });
    expect(again.headers.get('set-cookie')).toBeNull();
    expect(await page(again)).toMatch(/^401 .*This link has been used/s);
  });
  it('can be pasted where the token goes, for those without scripts', async () => {
    expect((await send('/desk/sign-in', { token: desk.once.make() })).status).toBe(303);
  });
  it('is refused to a page of another site', async () => {
    const once = desk.once.make();
    expect((await send('/desk/sign-in', { once }, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await send('/desk/sign-in', { once })).status).toBe(303);
  });
});

it('whoever is signed in goes on to the queue; a script of a stranger is sent to the form', async () => {
  expect((await desk.getSignedIn('/desk/sign-in')).headers.get('location')).toBe('/desk');
  expect(await (await desk.get('/desk/sign-in')).text()).toContain('autocomplete="current-password"');
  const part = await desk.get('/desk?part=list', { 'HX-Request': 'true' });
  expect(part.headers.get('hx-redirect')).toBe('/desk/sign-in');
  expect(await part.text()).not.toContain(WAITING);
});
