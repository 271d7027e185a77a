import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_COUNTED, MOST_DROPPED, NO_REVIEWS, noteReview, type ReviewLog } from './review-log.js';

const NOW = new Date('2026-11-24T09:00:00.000Z');
const STANDING = { revision: 1, gate: 'publish' } as const;
const FURTHER = 'further dropped decisions are not noted';

let log: ReviewLog;
beforeEach(() => {
  log = NO_REVIEWS;
});
/** Whether the record has changed. */
function note(entry: Parameters<typeof noteReview>[1]): boolean {
  const before = log;
  log = noteReview(log, entry, STANDING, NOW);
  return log !== before;
}
const drop = (why = 'dropped: too late'): boolean =>
  note({ decision: 'approve', by: 'mo', note: why, counted: false });
const count = (words: string | null, by = 'ana'): boolean =>
  note({ decision: 'edit', by, note: words, counted: true });

describe('dropped decisions', () => {
  it('are listed until the last line says that no more are', () => {
    for (let index = 0; index < MOST_DROPPED; index += 1) expect(drop()).toBe(true);
    expect(drop()).toBe(false);
    expect(log.entries).toHaveLength(MOST_DROPPED);
    expect(log.entries.filter((entry) => entry.note?.includes(FURTHER))).toEqual([log.entries.at(-1)]);
    expect(log.entries.at(-1)?.note).toBe(`dropped: too late; ${FURTHER}`);
  });

  it('take no room from what counts, and the other way round', () => {
    for (let index = 0; index < 2 * MOST_DROPPED; index += 1) drop();
    expect(count('Better.')).toBe(true);
    expect(log.entries.at(-1)).toMatchObject({ by: 'ana', note: 'Better.', counted: true });
    log = NO_REVIEWS;
    for (let index = 0; index < MOST_COUNTED; index += 1) count(null);
    expect(drop()).toBe(true);
    expect(log.entries.at(-1)).toMatchObject({ note: 'dropped: too late' });
  });
});

describe('decisions that count', () => {
  it('are all listed up to a number; then the first line says how many are no longer', () => {
    drop('dropped: the first');
    for (let index = 1; index <= MOST_COUNTED; index += 1) count(`edit ${index}`);
    expect(log.entries.map((entry) => entry.note).slice(0, 3)).toEqual([
      'dropped: the first',
      'edit 1',
      'edit 2',
    ]);
    count('one more');
    count('and another');
    expect(log.entries.filter(({ counted }) => counted)).toHaveLength(MOST_COUNTED);
    expect(log.entries.slice(0, 3).map((entry) => [entry.by, entry.note])).toEqual([
      ['mo', 'dropped: the first'],
      ['copydesk', '3 decisions up to here are no longer listed'],
      ['ana', 'edit 4'],
    ]);
    expect(log.entries.at(-1)?.note).toBe('and another');
  });

  it('keep their words, the newest longest, as far as a record has room', () => {
    const words = 'x'.repeat(4_000);
    for (let index = 0; index < MOST_COUNTED; index += 1) count(words);
    const [first] = log.entries;
    expect(first?.note).toHaveLength(200);
    expect(first?.note?.endsWith('x…')).toBe(true);
    expect(log.entries.at(-1)?.note).toBe(words);
    expect(log.entries.filter((entry) => entry.note === words).length).toBeGreaterThan(120);
    expect(Buffer.byteLength(JSON.stringify(log.entries))).toBeLessThan(620_000);
  });
});
