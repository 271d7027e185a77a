import { createHmac } from 'node:crypto';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { sessionsInMemory } from '../testing/workflows.js';
import { EDITOR_TOKEN, twoPeople, VIEWER_TOKEN } from '../testing/use-desk.js';
import { createSession } from './session.js';
import { hashToken, type KnownPerson } from '../../config/people/person.js';

interface Given {
  token?: string;
  url?: string;
  now?: Date;
  sessions?: ReturnType<typeof sessionsInMemory>;
  people?: ReturnType<typeof twoPeople>;
}
const NOW = new Date('2026-06-28T15:20:00.000Z');
const LOCAL = 'http://127.0.0.1:8300';

/** A desk that answers who is signed in; POST signs in, DELETE out. */
function app(given: Given = {}): Hono {
  const { token = 'secret', url = LOCAL, now = NOW, sessions = sessionsInMemory(), people } = given;
  const session = createSession({ ...sessions, token, people, addresses: [url], now: () => now });
  return new Hono()
    .get('/', (c) => c.json(session.person(c)))
    .post('/', (c) => {
      session.signIn(c, c.req.header('X-Token') ?? token);
      return c.text('');
    })
    .delete('/', (c) => {
      session.signOut(c);
      return c.text('');
    });
}
const who = async (of: Hono, headers: Record<string, string>): Promise<unknown> =>
  (await of.request('/', { headers })).json();
const isSignedIn = async (...asked: Parameters<typeof who>): Promise<boolean> =>
  (await who(...asked)) !== null;
const setCookie = async (of: Hono, method = 'POST', headers = {}): Promise<string | null> =>
  (await of.request('/', { method, headers })).headers.get('set-cookie');
const cookieOf = async (of: Hono, token?: string): Promise<string> =>
  String(await setCookie(of, 'POST', token === undefined ? {} : { 'X-Token': token })).split(';')[0]!;

describe('createSession', () => {
  it.each([
    ['Bearer secret', true],
    ['bearer secret', true],
    ['Bearer secre', false],
    ['Bearer secrets', false],
    ['Bearer ', false],
    ['Basic secret', false],
  ])("takes '%s' as signed in: %s", async (Authorization, expected) =>
    expect(await isSignedIn(app(), { Authorization })).toBe(expected),
  );

  it('takes its own cookie, not that of another token nor of another desk', async () => {
    const sessions = sessionsInMemory();
    const elsewhere = { ...sessionsInMemory(), secret: 'of another desk' };
    const Cookie = await cookieOf(app({ sessions }));
    expect(await isSignedIn(app({ sessions }), { Cookie })).toBe(true);
    expect(await isSignedIn(app({ sessions, token: 'other' }), { Cookie })).toBe(false);
    expect(await isSignedIn(app({ sessions: elsewhere }), { Cookie })).toBe(false);
    expect((await cookieOf(app({ sessions: elsewhere }))).split('=')[0]).not.toBe(Cookie.split('=')[0]);
  });

  it('ends after a month, whatever the browser keeps', async () => {
    const sessions = sessionsInMemory();
    const Cookie = await cookieOf(app({ sessions }));
    const at = (time: string) => isSignedIn(app({ sessions, now: new Date(time) }), { Cookie });
    expect(await at('2026-07-28T15:20:00.000Z')).toBe(false);
    expect(await at('2026-07-28T15:19:59.000Z')).toBe(true);
  });

  it('ends for good by signing out', async () => {
    const desk = app();
    const Cookie = await cookieOf(desk);
    expect(await setCookie(desk, 'DELETE', { Cookie })).toContain('Max-Age=0');
    expect(await isSignedIn(desk, { Cookie })).toBe(false);
    expect(await setCookie(desk, 'DELETE', { Cookie })).toBeNull();
  });

  it('sets no cookie where a stranger signs out', async () => {
    expect(await setCookie(app(), 'DELETE')).toBeNull();
  });

  it('keeps the cookie to https where the desk is reached by it', async () => {
    expect(await setCookie(app({ url: 'https://desk.example' }))).toContain('Secure');
    expect(await setCookie(app())).not.toContain('Secure');
  });

  it('signs nobody in without a token', async () => {
    const sessions = sessionsInMemory();
    const desk = app({ token: '', sessions });
    expect(await isSignedIn(desk, {})).toBe(false);
    expect(await isSignedIn(desk, { Authorization: 'Bearer ' })).toBe(false);
    expect(await setCookie(desk)).toBeNull();
    // Signed as the cookie of an empty token would be.
    const [name] = (await cookieOf(app({ sessions }))).split('=');
    const sign = (key: string | Buffer, signed: string) => createHmac('sha256', key).update(signed).digest();
    const forge = (token: string): string => {
      const signed = `${'a'.repeat(22)}.${NOW.getTime() / 1_000 + 60}`;
      return `${name}=${signed}.${sign(sign(sessions.secret, `session ${token}`), signed).toString('base64url')}`;
    };
    expect(await isSignedIn(app({ sessions }), { Cookie: forge('secret') })).toBe(true);
    expect(await isSignedIn(desk, { Cookie: forge('') })).toBe(false);
  });
});

describe('people with tokens of their own', () => {
  const MARIA = { name: 'maria', role: 'editor', named: true };
  const bearer = { Authorization: `Bearer ${EDITOR_TOKEN}` };

  it('are who they are by token and by cookie, with their role', async () => {
    const desk = app({ people: twoPeople() });
    const byCookie = async (token: string) => who(desk, { Cookie: await cookieOf(desk, token) });
    expect(await who(desk, bearer)).toEqual(MARIA);
    expect(await byCookie(EDITOR_TOKEN)).toEqual(MARIA);
    expect(await byCookie(VIEWER_TOKEN)).toEqual({ name: 'jo', role: 'viewer', named: true });
    expect(await byCookie('secret')).toEqual({ name: 'editor', role: 'editor' });
    expect(await who(desk, { Authorization: 'Bearer nobody' })).toBeNull();
  });

  it('are signed out by a changed token, by being taken out, and have a changed role at once', async () => {
    const people = twoPeople();
    const desk = app({ people });
    const [maria, jo] = [await cookieOf(desk, EDITOR_TOKEN), await cookieOf(desk, VIEWER_TOKEN)];
    const changeJo = (changes: Partial<KnownPerson>) =>
      (people.all = people.all.map((one) => (one.name === 'jo' ? { ...one, ...changes } : one)));
    changeJo({ role: 'editor' });
    expect(await who(desk, { Cookie: jo })).toMatchObject({ name: 'jo', role: 'editor' });
    changeJo({ token: hashToken('new') });
    expect(await who(desk, { Cookie: jo })).toBeNull();
    expect(await who(desk, { Cookie: maria })).toEqual(MARIA);
    people.all = [];
    expect(await who(desk, { Cookie: maria })).toBeNull();
    expect(await who(desk, bearer)).toBeNull();
  });

  it('can not become another by changing the name in a cookie', async () => {
    const desk = app({ people: twoPeople() });
    const signed = (await cookieOf(desk, VIEWER_TOKEN)).split('.').slice(0, 3).join('.');
    const names = ['maria', 'editor', 'nobody', ''].map((name) => Buffer.from(name).toString('base64url'));
    for (const Cookie of [signed, ...names.map((name) => `${signed}.${name}`)])
      expect(await who(desk, { Cookie }), Cookie).toBeNull();
  });
});
