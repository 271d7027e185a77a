import { beforeAll, describe, expect, it } from 'vitest';
import { sampleBatch, waitingPost } from '../testing/samples.js';
import { TOKEN, EDITOR_TOKEN, twoPeople, VIEWER_TOKEN, useDesk } from '../testing/use-desk.js';
import { onceSecrets } from './once-secrets.js';

/** Who is let into the desk, and who may decide there: that nobody else may, `kit/desk-room.test.ts` holds for every form. */

const WAITING = 'WaitingPost1';

const desk = useDesk({ people: twoPeople() });
beforeAll(async () => {
  await desk.saveBatch(sampleBatch({ offline: true }));
  await desk.savePost(waitingPost(WAITING, { offline: true }));
});

const send = (path: string, fields: Record<string, string>, headers = {}): Promise<Response> =>
  desk.postSignedIn(path, fields, { Authorization: '', ...headers });
const signIn = (token: string, headers = {}) => send('/desk/sign-in', { token }, headers);
const cookieOf = (answer: Response): string => String(answer.headers.get('set-cookie')).split(';')[0]!;
const page = async (path: string, headers = {}): Promise<string> => (await desk.get(path, headers)).text();

describe('signing in', () => {
  it('is asked for, and shows nothing before', async () => {
    const shown = await page('/desk');
    expect(shown).toContain('action="/desk/sign-in"');
    expect(shown).not.toContain(WAITING);
    expect(await page('/desk/sign-in')).toContain('autocomplete="current-password"');
    const part = await desk.get('/desk?part=list', { 'HX-Request': 'true' });
    expect(part.headers.get('hx-redirect')).toBe('/desk/sign-in');
    expect(await part.text()).not.toContain(WAITING);
  });

  it('sets a cookie that scripts and other sites never get, and that is not the token', async () => {
    const answer = await signIn(TOKEN);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/desk']);
    const cookie = String(answer.headers.get('set-cookie'));
    for (const kept of [/; HttpOnly/, /; SameSite=Strict/]) expect(cookie).toMatch(kept);
    expect(cookie).not.toContain(TOKEN);
    expect(await page('/desk', { Cookie: cookieOf(answer) })).toContain(WAITING);
    expect((await desk.getSignedIn('/desk/sign-in')).headers.get('location')).toBe('/desk');
  });

  it('leads on to where one was going', async () => {
    const asked = `/desk/posts/${WAITING}?status=queue`;
    expect(await page(asked)).toContain(`name="to" value="${asked}"`);
    expect(await page(`/desk/sign-in?to=${encodeURIComponent(asked)}`)).toContain(`value="${asked}"`);
    const answer = await send('/desk/sign-in', { token: TOKEN, to: asked });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, asked]);
  });

  it.each([
    'https://evil.example/desk',
    '//evil.example',
    '/\\evil',
    '/desk/\\x',
    '/desk\r\nX: y',
    '/deskx',
    '/desk/sign-out',
    '/@harbor',
  ])('leads to the desk alone: %j', async (to) => {
    expect((await send('/desk/sign-in', { token: TOKEN, to })).headers.get('location')).toBe('/desk');
  });

  it.each(['', 'wrong', `${TOKEN}x`])("refuses '%s'", async (token) => {
    const answer = await signIn(token);
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null]);
  });

  it('refuses a form of another site, a huge one and one that is none', async () => {
    expect((await signIn(TOKEN, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await signIn('x'.repeat(10_000))).status).toBe(413);
    expect((await signIn('', { 'Content-Type': 'multipart/form-data; boundary=x' })).status).toBe(401);
  });
});

describe('signing in with a link', () => {
  it('is taken once, and nothing else is', async () => {
    const once = desk.once.make();
    const answer = await send('/desk/sign-in', { once });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/desk']);
    expect(await page('/desk', { Cookie: cookieOf(answer) })).toContain(WAITING);
    const again = await send('/desk/sign-in', { once });
    expect([again.status, again.headers.get('set-cookie')]).toEqual([401, null]);
    expect(await again.text()).toContain('This link has been used');
  });

  it('can be pasted where the token goes, for those without scripts', async () => {
    expect((await signIn(desk.once.make())).status).toBe(303);
  });

  it('is refused to a page of another site, which does not spend it', async () => {
    const once = desk.once.make();
    expect((await send('/desk/sign-in', { once }, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await send('/desk/sign-in', { once })).status).toBe(303);
  });
});

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

it.each(['/desk', `/desk/posts/${WAITING}`, `/desk/posts/${WAITING}?edit=1`, '/desk?batch=BatchBatch01'])(
  'who only reads sees %s without a form that decides',
  async (path) => {
    const html = await page(path, bearer(VIEWER_TOKEN));
    expect(html).toContain('The clock over the gate shows two times.');
    const posted = [...html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"/g)];
    expect(posted.map(([, action]) => action)).toEqual(['/desk/sign-out']);
    expect(html).not.toContain('type="checkbox"');
  },
);

it('who decides does so by their name', async () => {
  const approval = { decision: 'approve', revision: '1' };
  const answer = await desk.postSignedIn(`/desk/posts/${WAITING}/decide`, approval, bearer(EDITOR_TOKEN));
  expect(answer.status).toBe(303);
  const value = { decision: 'approve', by: 'maria', revision: 1 };
  expect(desk.workflows.told).toEqual([{ what: 'review', id: WAITING, value }]);
});

const START = Date.parse('2026-06-28T15:20:00.000Z');

it('a secret is taken once, and no other text is', () => {
  const secrets = onceSecrets(() => new Date(START));
  const secret = secrets.make();
  expect(secret).toMatch(/^[\w-]{32}$/);
  expect(secrets.take('')).toBe(false);
  expect(secrets.take(`${secret}x`)).toBe(false);
  expect(secrets.take(secret)).toBe(true);
  expect(secrets.take(secret)).toBe(false);
});

it('its time is over after ten minutes', () => {
  let now = START;
  const secrets = onceSecrets(() => new Date(now));
  const [early, late] = [secrets.make(), secrets.make()];
  now = START + 599_999;
  expect(secrets.take(early)).toBe(true);
  now = START + 600_000;
  expect(secrets.take(late)).toBe(false);
});
