import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { spentLinksIn } from './spent-links.js';

const root = mkdtempSync(join(tmpdir(), 'copydesk-spent-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('a link is spent once, by whichever desk on the folder comes first, and again after it was taken back', () => {
  const folder = join(root, 'not', 'there');
  const now = () => new Date(1_800_000_000_000);
  const [one, other] = [spentLinksIn(folder, now), spentLinksIn(folder, now)];
  const link = { id: 'AAAAAAAAAAAAAAAA', expires: 1_800_000_100 };
  expect(one.has(link)).toBe(false);
  expect([one.spend(link), other.spend(link), one.spend(link)]).toEqual([true, false, false]);
  expect(other.has(link)).toBe(true);
  other.restore(link);
  expect([one.has(link), one.spend(link)]).toEqual([false, true]);
});

it('forgets those that have ended', () => {
  const folder = join(root, 'ended');
  let now = 1_800_000_000_000;
  const links = spentLinksIn(folder, () => new Date(now));
  links.spend({ id: 'a', expires: 1_800_000_100 });
  now += 150_000;
  links.spend({ id: 'b', expires: 1_800_000_300 });
  expect(readdirSync(folder)).toEqual(['1800000300.b']);
});
