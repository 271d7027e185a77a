import { expect, it } from 'vitest';
import { onceSecrets } from './once-secrets.js';

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
