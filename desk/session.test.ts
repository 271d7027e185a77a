import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createSession } from './session.js';

const app = (token: string, secure = false): Hono => {
  const session = createSession(token, secure);
  return new Hono()
    .get('/', (c) => c.text(String(session.isSignedIn(c))))
    .post('/', (c) => {
      session.signIn(c);
      return c.text('');
    });
};
const isSignedIn = async (of: Hono, headers: Record<string, string>): Promise<string> =>
  (await of.request('/', { headers })).text();
const cookieOf = async (of: Hono): Promise<string> =>
  (await of.request('/', { method: 'POST' })).headers.get('set-cookie') as string;

describe('createSession', () => {
  it.each([
    ['Bearer secret', 'true'],
    ['bearer secret', 'true'],
    ['Bearer secre', 'false'],
    ['Bearer secrets', 'false'],
    ['Bearer ', 'false'],
    ['Basic secret', 'false'],
  ])("takes '%s' as signed in: %s", async (Authorization, expected) =>
    expect(await isSignedIn(app('secret'), { Authorization })).toBe(expected),
  );

  it('takes its own cookie, not that of another token', async () => {
    const [cookie] = (await cookieOf(app('secret'))).split(';') as [string];
    expect(await isSignedIn(app('secret'), { Cookie: cookie })).toBe('true');
    expect(await isSignedIn(app('other'), { Cookie: cookie })).toBe('false');
  });

  it('keeps the cookie to https where the desk is reached by it', async () => {
    expect(await cookieOf(app('secret', true))).toContain('Secure');
    expect(await cookieOf(app('secret'))).not.toContain('Secure');
  });

  it('signs nobody in without a token', async () => {
    expect(await isSignedIn(app(''), {})).toBe('false');
    const [cookie] = (await cookieOf(app(''))).split(';') as [string];
    expect(await isSignedIn(app(''), { Cookie: cookie })).toBe('false');
  });
});
