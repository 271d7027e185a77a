import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { endedSessionsIn } from './ended-sessions.js';

const root = mkdtempSync(join(tmpdir(), 'copydesk-ended-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('knows what was ended, also what another desk on the folder ended, and forgets what is over anyway', () => {
  const folder = join(root, 'not', 'there');
  let now = new Date(1_800_000_000_000);
  const [one, other] = [endedSessionsIn(folder, () => now), endedSessionsIn(folder, () => now)];
  expect(one.has('a', 1_800_000_100)).toBe(false);
  one.add('a', 1_800_000_100);
  other.add('b', 1_800_000_200);
  expect([one.has('a', 1_800_000_100), one.has('b', 1_800_000_200)]).toEqual([true, true]);
  expect(one.has('b', 1_800_000_100)).toBe(false);
  now = new Date(1_800_000_150_000);
  one.add('c', 1_800_000_300);
  expect(readdirSync(folder)).toEqual(['1800000200.b', '1800000300.c']);
});
