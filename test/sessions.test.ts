import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AllInOne } from './all-in-one.js';

const install = new AllInOne();
let desk: string;
let token: string;
const start = async (): Promise<void> => {
  ({ desk } = await install.start());
  token = readFileSync(join(install.data, 'token'), 'utf8').trim();
};
beforeAll(start, 120_000);
afterAll(() => install.close(), 60_000);

const post = (path: string, fields: Record<string, string>, headers = {}): Promise<Response> =>
  fetch(`${desk}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: desk, ...headers },
    redirect: 'manual',
  });
const signIn = (guess: string): Promise<Response> => post('/desk/sign-in', { token: guess });
const asked = (guess: string): Promise<Response> =>
  fetch(`${desk}/api/batches`, { headers: { authorization: `Bearer ${guess}` } });
/** The cookie that signing in gives, as `name=value`. */
async function session(): Promise<string> {
  const answer = await signIn(token);
  expect(answer.status).toBe(303);
  return String(answer.headers.get('set-cookie')).split(';')[0] ?? '';
}
const isSignedIn = async (cookie: string): Promise<boolean> =>
  (await fetch(`${desk}/api/batches`, { headers: { cookie } })).status === 200;

describe('a stranger', () => {
  it.each([
    ['no cookie', {}],
    ['a cookie that says nothing', { cookie: 'copydesk_00000000=; copydesk=x' }],
  ])('is told nothing by signing out with %s', async (_what, headers) => {
    const answer = await post('/desk/sign-out', {}, headers);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('is told nothing of the token by any cookie, be it by name or value', async () => {
    const [name = '', value = ''] = (await session()).split('=');
    const told = `${name} ${value}`;
    for (const use of ['cookie name', 'cookie value', 'session', ''])
      for (const coding of ['hex', 'base64url'] as const) {
        const digest = createHmac('sha256', token).update(use).digest(coding);
        expect(told).not.toContain(digest.slice(0, 8));
      }
    expect(told).not.toContain(token);
  });

  it('who tries 300 tokens is slowed and logged in one line, and the right token is taken all the same', async () => {
    const statuses: number[] = [];
    for (let tried = 0; tried < 150; tried += 1) {
      for (const answer of [
        await signIn(`a-guess-by-form-${tried}`),
        await asked(`a-guess-by-bearer-${tried}`),
      ]) {
        statuses.push(answer.status);
        await answer.text();
        if (answer.status !== 429) continue;
        const wait = Number(answer.headers.get('retry-after'));
        expect(wait).toBeGreaterThanOrEqual(1);
        expect(wait).toBeLessThanOrEqual(60);
      }
      if (tried % 50 === 49) {
        expect((await asked(token)).status).toBe(200);
        expect((await signIn(token)).status).toBe(303);
      }
    }
    expect(statuses.slice(0, 10)).toEqual(Array<number>(10).fill(401));
    // A minute may begin anew while they are tried, and gives another ten.
    const free = statuses.filter((status) => status === 401).length;
    expect([10, 20, 30]).toContain(free);
    expect(statuses.filter((status) => status === 429)).toHaveLength(300 - free);
    const lines = install.said.split('\n').filter((line) => line.includes('wrong token'));
    expect(lines).toHaveLength(free / 10);
    expect(lines[0]).toMatch(/^sign-in: a wrong token from 127\.0\.0\.1; more .* get 429$/);
    expect(install.said).not.toContain('a-guess');
  });

  it('under 429 still sees what is public, and signed-in sessions are not slowed', async () => {
    const cookie = await session();
    const statuses: number[] = [];
    for (let tried = 0; tried < 25; tried += 1) statuses.push((await asked(`another-guess-${tried}`)).status);
    expect(statuses).toContain(429);
    expect((await fetch(`${desk}/`)).status).toBe(200);
    expect(await isSignedIn(cookie)).toBe(true);
  });
});

describe('a session', () => {
  it('outlives a restart; signing out makes a copy of its cookie worthless, also after the next restart', async () => {
    const [mine, others] = [await session(), await session()];
    expect(await install.interrupt()).toBe(0);
    await start();
    expect([await isSignedIn(mine), await isSignedIn(others)]).toEqual([true, true]);

    const out = await post('/desk/sign-out', {}, { cookie: mine });
    expect(out.headers.get('set-cookie')).toMatch(/^copydesk_[\da-f]{8}=;.*Max-Age=0/);
    expect([await isSignedIn(mine), await isSignedIn(others)]).toEqual([false, true]);
    const again = await post('/desk/sign-out', {}, { cookie: mine });
    expect(again.headers.get('set-cookie')).toBeNull();

    await install.kill();
    await start();
    expect([await isSignedIn(mine), await isSignedIn(others)]).toEqual([false, true]);
  }, 120_000);

  it('ends when another signs in over it in the same browser', async () => {
    const first = await session();
    const second = await post('/desk/sign-in', { token }, { cookie: first });
    expect(await isSignedIn(first)).toBe(false);
    expect(await isSignedIn(String(second.headers.get('set-cookie')).split(';')[0] ?? '')).toBe(true);
  });

  it('can not be lengthened, nor made of another', async () => {
    const [name, value = ''] = (await session()).split('=');
    const [id = '', expires = '', mac = ''] = value.split('.');
    const forged = [
      `${id}.${Number(expires) + 1}.${mac}`,
      `${'A'.repeat(22)}.${expires}.${mac}`,
      `${id}.${expires}.${'A'.repeat(43)}`,
      `${id}.${expires}`,
      `${id}.${expires}.${mac}.${mac}`,
      `../${id}.${expires}.${mac}`,
      '',
    ];
    for (const one of forged) expect(await isSignedIn(`${name}=${one}`), one).toBe(false);
  });

  it('ends when the token is changed', async () => {
    const cookie = await session();
    expect(await install.interrupt()).toBe(0);
    writeFileSync(join(install.data, 'token'), 'another-token-of-the-desk\n');
    await start();
    expect(token).toBe('another-token-of-the-desk');
    expect(await isSignedIn(cookie)).toBe(false);
    expect(await isSignedIn(await session())).toBe(true);
  });

  it('is made of a secret that only the owner of the data reads', () => {
    const mode = (name: string): number => statSync(join(install.data, name)).mode & 0o777;
    expect(mode('session-secret')).toBe(0o600);
    expect(mode('ended-sessions')).toBe(0o700);
    expect(readdirSync(join(install.data, 'ended-sessions')).length).toBeGreaterThan(0);
  });
});
