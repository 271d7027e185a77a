import { beforeEach, expect, it } from 'vitest';
import { MOST_COUNTED, MOST_DROPPED, NO_REVIEWS, noteReview, type ReviewLog } from './review-log.js';

const NOW = new Date('2026-11-24T09:00:00.000Z');

let log: ReviewLog;
beforeEach(() => {
  log = NO_REVIEWS;
});
/** Whether the record has changed. */
function note(entry: Parameters<typeof noteReview>[1]): boolean {
  const before = log;
  log = noteReview(log, entry, { revision: 1, gate: 'publish' }, NOW);
  return log !== before;
}
const drop = (why = 'dropped: too late'): boolean =>
  note({ decision: 'approve', by: 'mo', note: why, counted: false });
const count = (words: string | null): boolean =>
  note({ decision: 'edit', by: 'ana', note: words, counted: true });
const times = (most: number, what: (index: number) => boolean): boolean[] =>
  Array.from({ length: most }, (_, index) => what(index + 1));

it('dropped decisions are listed until the last line says that no more are', () => {
  const taken = times(MOST_DROPPED + 2, () => drop());
  expect(taken.lastIndexOf(true) + 1).toBe(MOST_DROPPED);
  expect(log.entries).toHaveLength(MOST_DROPPED);
  const said = new Set(log.entries.slice(0, -1).map((entry) => entry.note));
  expect([...said]).toEqual(['dropped: too late']);
  expect(log.entries.at(-1)?.note).toBe('dropped: too late; further dropped decisions are not noted');
});

it('dropped decisions take no room from what counts, and the other way round', () => {
  times(2 * MOST_DROPPED, () => drop());
  expect(count('Better.')).toBe(true);
  expect(log.entries.at(-1)).toMatchObject({ by: 'ana', note: 'Better.', counted: true });
  log = NO_REVIEWS;
  times(MOST_COUNTED, () => count(null));
  expect(drop()).toBe(true);
  expect(log.entries.at(-1)).toMatchObject({ note: 'dropped: too late' });
});

it('decisions that count are listed up to a number; then the first line says how many are no longer', () => {
  const first = () => log.entries.slice(0, 3).map((entry) => `${entry.by}: ${entry.note}`);
  drop('dropped: the first');
  times(MOST_COUNTED, (index) => count(`edit ${index}`));
  expect(first()).toEqual(['mo: dropped: the first', 'ana: edit 1', 'ana: edit 2']);
  count('one more');
  count('and another');
  expect(log.entries.filter(({ counted }) => counted)).toHaveLength(MOST_COUNTED);
  const unlisted = 'copydesk: 3 decisions up to here are no longer listed';
  expect(first()).toEqual(['mo: dropped: the first', unlisted, 'ana: edit 4']);
  expect(log.entries.at(-1)?.note).toBe('and another');
});

it('decisions that count keep their words, the newest longest, as far as a record has room', () => {
  const words = 'x'.repeat(4_000);
  times(MOST_COUNTED, () => count(words));
  expect(log.entries[0]?.note).toBe(`${'x'.repeat(199)}…`);
  expect(log.entries.at(-1)?.note).toBe(words);
  expect(log.entries.filter((entry) => entry.note === words).length).toBeGreaterThan(120);
  expect(Buffer.byteLength(JSON.stringify(log.entries))).toBeLessThan(620_000);
});
