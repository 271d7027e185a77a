import { XRPCError } from '@atproto/api';
import { expect, it } from 'vitest';
import { FetchRefused } from '../public-fetch.js';
import { TargetFailure } from './publisher.js';
import { readBlueskyFailure, isSignedOut, type BlueskyCall, type Phase } from './bluesky-client.js';

const asked: BlueskyCall = {
  phase: 'write',
  variable: 'ASH_APP_PASSWORD',
  secrets: ['abcd-efgh-ijkl-mnop'],
  now: new Date('2026-11-26T10:00:00Z'),
};
const NOW_SECONDS = asked.now.getTime() / 1_000;

const meaning = (error: unknown, phase: Phase): string => {
  const { outcome, type } = readBlueskyFailure(error, { ...asked, phase });
  return `${outcome} ${type}`;
};
const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
const lost = (cause: unknown): XRPCError => XRPCError.from(new TypeError('fetch failed', { cause }));

it.each([
  ['nothing was sent', lost(refused), 'later Target.Away', 'later Target.Away'],
  ['the answer was lost', lost(new Error('reset')), 'later Target.NoAnswer', 'unknown Target.NoAnswer'],
  ['a client that fails otherwise', new Error('?'), 'later Target.NoAnswer', 'unknown Target.NoAnswer'],
  ['500', new XRPCError(500), 'later Target.Server', 'unknown Target.Server'],
  ['503', new XRPCError(503), 'later Target.Server', 'unknown Target.Server'],
  ['429', new XRPCError(429), 'later Target.RateLimit', 'later Target.RateLimit'],
  ['401', new XRPCError(401), 'refused Target.SignIn', 'refused Target.SignIn'],
  ['403', new XRPCError(403), 'refused Target.SignIn', 'refused Target.SignIn'],
  ['413', new XRPCError(413), 'refused Target.TooLarge', 'refused Target.TooLarge'],
  ['400', new XRPCError(400), 'refused Target.Refused', 'refused Target.Refused'],
  ['a redirect', new XRPCError(302), 'refused Target.Refused', 'refused Target.Refused'],
])('%s, before the write and of it', (_, error, before, ofWrite) => {
  expect([meaning(error, 'read'), meaning(error, 'write')]).toEqual([before, ofWrite]);
});

it('takes everything that a sign-in is refused for as a matter of the credentials', () => {
  expect(meaning(new XRPCError(400, 'InvalidRequest'), 'sign in')).toBe('refused Target.SignIn');
  expect(meaning(new XRPCError(500), 'sign in')).toBe('later Target.Server');
});

it('refuses an address that may not be asked', () => {
  const message = '10.0.0.1 is not a public address';
  const inner = lost(new FetchRefused(message, { ofAddress: true }));
  expect(readBlueskyFailure(inner, asked)).toMatchObject({
    outcome: 'refused',
    type: 'Target.Address',
    message,
  });
  expect(meaning(lost(new FetchRefused('the answer is larger')), 'write')).toBe('unknown Target.NoAnswer');
});

it.each([
  [{ 'ratelimit-reset': String(NOW_SECONDS + 240) }, 240],
  [{ 'ratelimit-reset': String(NOW_SECONDS - 5) }, 1],
  [{ 'retry-after': '17', 'ratelimit-reset': String(NOW_SECONDS + 240) }, 17],
  [{ 'ratelimit-reset': 'soon' }, null],
  [{}, null],
])('reads how long to wait from %o', (headers, seconds) => {
  const error = new XRPCError(429, 'RateLimitExceeded', 'Rate Limit Exceeded', headers);
  expect(readBlueskyFailure(error, asked).retryAfterSeconds).toBe(seconds);
});

it('waits for the end of a limit only where that is what refused', () => {
  const headers = { 'ratelimit-reset': String(NOW_SECONDS + 240), 'ratelimit-remaining': '2999' };
  const error = new XRPCError(502, 'UpstreamFailure', 'Upstream Failure', headers);
  expect(readBlueskyFailure(error, asked).retryAfterSeconds).toBeNull();
});

it('says whose password is wrong in the words of the server, in one line and without any secret', () => {
  const words = 'Invalid\n password abcd-efgh-ijkl-mnop, eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln';
  const { message } = readBlueskyFailure(new XRPCError(401, 'AuthenticationRequired', words), asked);
  expect(message).toBe('ASH_APP_PASSWORD: Invalid password [key], [token]');
  const closed = readBlueskyFailure(lost(new Error('other side closed')), asked);
  expect(closed.message).toBe('fetch failed: other side closed');
});

it('leaves a failure of ours as it is, and knows the end of a session', () => {
  const ours = new TargetFailure('refused', 'Target.TooLong', 'too long');
  expect(readBlueskyFailure(ours, asked)).toBe(ours);
  expect(isSignedOut(ours)).toBe(false);
  expect(isSignedOut(new XRPCError(400, 'ExpiredToken'))).toBe(true);
  expect(isSignedOut(new XRPCError(401))).toBe(true);
  expect(isSignedOut(new XRPCError(400, 'InvalidRequest'))).toBe(false);
});
