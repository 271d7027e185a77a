import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createSession } from './session.js';
import { EDITOR_TOKEN, twoPeople, VIEWER_TOKEN } from '../testing/people.js';
import { sessionsInMemory } from '../testing/sessions.js';
import { hashToken } from '../../config/people/person.js';

interface Given {
  token?: string;
  url?: string;
  now?: Date;
  sessions?: ReturnType<typeof sessionsInMemory>;
  people?: ReturnType<typeof twoPeople>;
}

/** A desk that answers whether the request is signed in; POST signs in, DELETE out. */
function app({ token = 'secret', url = 'http://127.0.0.1:8300', now, sessions, people }: Given = {}): Hono {
  const session = createSession({
    ...(sessions ?? sessionsInMemory()),
    token,
    people,
    addresses: [url],
    now: () => now ?? new Date('2026-06-28T15:20:00.000Z'),
  });
  return new Hono()
    .get('/', (c) => c.text(String(session.isSignedIn(c))))
    .get('/who', (c) => c.json(session.person(c)))
    .post('/', (c) => {
      session.signIn(c, c.req.header('X-Token') ?? token);
      return c.text('');
    })
    .delete('/', (c) => {
      session.signOut(c);
      return c.text('');
    });
}
const isSignedIn = async (of: Hono, headers: Record<string, string>): Promise<string> =>
  (await of.request('/', { headers })).text();
const setCookie = async (of: Hono, method = 'POST', headers = {}): Promise<string | null> =>
  (await of.request('/', { method, headers })).headers.get('set-cookie');
const cookieOf = async (of: Hono): Promise<string> => String(await setCookie(of)).split(';')[0] ?? '';

describe('createSession', () => {
  it.each([
    ['Bearer secret', 'true'],
    ['bearer secret', 'true'],
    ['Bearer secre', 'false'],
    ['Bearer secrets', 'false'],
    ['Bearer ', 'false'],
    ['Basic secret', 'false'],
  ])("takes '%s' as signed in: %s", async (Authorization, expected) =>
    expect(await isSignedIn(app(), { Authorization })).toBe(expected),
  );

  it('takes its own cookie, not that of another token nor of another desk', async () => {
    const sessions = sessionsInMemory();
    const Cookie = await cookieOf(app({ sessions }));
    expect(await isSignedIn(app({ sessions }), { Cookie })).toBe('true');
    expect(await isSignedIn(app({ sessions, token: 'other' }), { Cookie })).toBe('false');
    const elsewhere = { ...sessionsInMemory(), secret: 'of another desk' };
    expect(await isSignedIn(app({ sessions: elsewhere }), { Cookie })).toBe('false');
    expect((await cookieOf(app({ sessions: elsewhere }))).split('=')[0]).not.toBe(Cookie.split('=')[0]);
  });

  it('ends after a month, whatever the browser keeps', async () => {
    const sessions = sessionsInMemory();
    const Cookie = await cookieOf(app({ sessions }));
    const at = (day: string): Promise<string> =>
      isSignedIn(app({ sessions, now: new Date(`2026-07-${day}T15:20:00.000Z`) }), { Cookie });
    expect(await at('28')).toBe('false');
    expect(await at('27')).toBe('true');
  });

  it('ends for good by signing out', async () => {
    const sessions = sessionsInMemory();
    const Cookie = await cookieOf(app({ sessions }));
    expect(await setCookie(app({ sessions }), 'DELETE', { Cookie })).toContain('Max-Age=0');
    expect(await isSignedIn(app({ sessions }), { Cookie })).toBe('false');
    expect(await setCookie(app({ sessions }), 'DELETE', { Cookie })).toBeNull();
  });

  it('sets no cookie where a stranger signs out', async () => {
    expect(await setCookie(app(), 'DELETE')).toBeNull();
  });

  it('keeps the cookie to https where the desk is reached by it', async () => {
    expect(await setCookie(app({ url: 'https://desk.example' }))).toContain('Secure');
    expect(await setCookie(app())).not.toContain('Secure');
  });

  it.each([
    ['evil.example', 'false'],
    ['127.0.0.1.nip.io:8300', 'false'],
    ['localhost:9000', 'true'],
    ['desk.example', 'true'],
  ])("under the Host '%s' a right token is signed in: %s", async (Host, expected) => {
    const Authorization = 'Bearer secret';
    expect(await isSignedIn(app({ url: 'https://desk.example' }), { Host, Authorization })).toBe(expected);
  });

  it('signs nobody in without a token', async () => {
    const sessions = sessionsInMemory();
    expect(await isSignedIn(app({ sessions, token: '' }), {})).toBe('false');
    const Cookie = await cookieOf(app({ sessions, token: '' }));
    expect(await isSignedIn(app({ sessions, token: '' }), { Cookie })).toBe('false');
  });
});

describe('people with tokens of their own', () => {
  const sessions = sessionsInMemory();
  const who = async (of: Hono, headers: Record<string, string>): Promise<unknown> =>
    (await of.request('/who', { headers })).json();
  const cookieFor = async (of: Hono, token: string): Promise<string> =>
    String(await setCookie(of, 'POST', { 'X-Token': token })).split(';')[0] ?? '';

  it('are who they are by token and by cookie, with their role', async () => {
    const desk = app({ sessions, people: twoPeople() });
    const maria = { name: 'maria', role: 'editor', named: true };
    expect(await who(desk, { Authorization: `Bearer ${EDITOR_TOKEN}` })).toEqual(maria);
    expect(await who(desk, { Cookie: await cookieFor(desk, EDITOR_TOKEN) })).toEqual(maria);
    const jo = { name: 'jo', role: 'viewer', named: true };
    expect(await who(desk, { Cookie: await cookieFor(desk, VIEWER_TOKEN) })).toEqual(jo);
    expect(await who(desk, { Cookie: await cookieFor(desk, 'secret') })).toEqual({
      name: 'editor',
      role: 'editor',
    });
    expect(await who(desk, { Authorization: 'Bearer nobody' })).toBeNull();
  });

  it('are signed out by a changed token, by being taken out, and have a changed role at once', async () => {
    const people = twoPeople();
    const desk = app({ sessions, people });
    const [maria, jo] = [await cookieFor(desk, EDITOR_TOKEN), await cookieFor(desk, VIEWER_TOKEN)];
    people.all = people.all.map((one) => (one.name === 'jo' ? { ...one, role: 'editor' } : one));
    expect(await who(desk, { Cookie: jo })).toMatchObject({ name: 'jo', role: 'editor' });
    people.all = people.all.map((one) => (one.name === 'jo' ? { ...one, token: hashToken('new') } : one));
    expect(await who(desk, { Cookie: jo })).toBeNull();
    expect(await who(desk, { Cookie: maria })).toMatchObject({ name: 'maria' });
    people.all = [];
    expect(await who(desk, { Cookie: maria })).toBeNull();
    expect(await who(desk, { Authorization: `Bearer ${EDITOR_TOKEN}` })).toBeNull();
  });

  it('can not become another by changing the name in a cookie', async () => {
    const desk = app({ sessions, people: twoPeople() });
    const jo = await cookieFor(desk, VIEWER_TOKEN);
    const signed = jo.split('.').slice(0, 3).join('.');
    for (const name of ['maria', 'editor', 'nobody', ''])
      expect(
        await who(desk, { Cookie: `${signed}.${Buffer.from(name).toString('base64url')}` }),
        name,
      ).toBeNull();
    expect(await who(desk, { Cookie: signed })).toBeNull();
  });
});
