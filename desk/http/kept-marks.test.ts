import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keepMarks } from './kept-marks.js';

const root = mkdtempSync(join(tmpdir(), 'copydesk-marks-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('a mark is made once, by whichever desk on the folder comes first, and again after it was taken back', () => {
  const folder = join(root, 'not', 'there');
  const now = () => new Date(1_800_000_000_000);
  const [one, other] = [keepMarks(folder, now), keepMarks(folder, now)];
  const mark = { id: 'AAAAAAAAAAAAAAAA', expires: 1_800_000_100 };
  expect(one.has(mark)).toBe(false);
  expect([one.add(mark), other.add(mark), one.add(mark)]).toEqual([true, false, false]);
  expect([other.has(mark), other.has({ ...mark, expires: 1_800_000_200 })]).toEqual([true, false]);
  other.remove(mark);
  expect([one.has(mark), one.add(mark)]).toEqual([false, true]);
});

it('forgets those that have ended', () => {
  const folder = join(root, 'ended');
  let now = 1_800_000_000_000;
  const marks = keepMarks(folder, () => new Date(now));
  marks.add({ id: 'a', expires: 1_800_000_100 });
  marks.add({ id: 'b', expires: 1_800_000_200 });
  now += 150_000;
  marks.add({ id: 'c', expires: 1_800_000_300 });
  expect(readdirSync(folder)).toEqual(['1800000200.b', '1800000300.c']);
});
