import { beforeEach, describe, expect, it } from 'vitest';
import { post } from '../../activities/testing/samples.js';
import { jsonBytes } from './json-bytes.js';
import { MOST_COUNTED, MOST_DROPPED, noteReview } from './review-log.js';
import { newRun, type PostRun } from './run.js';

const NOW = new Date('2026-11-24T09:00:00.000Z');
const STANDING = { revision: 1, gate: 'publish' } as const;
const FURTHER = 'further dropped decisions are not noted';

let run: PostRun;
beforeEach(() => {
  run = newRun(post('hero_text'), NOW.toISOString());
});
const drop = (note = 'dropped: too late'): boolean =>
  noteReview(run, { decision: 'approve', by: 'mo', note, counted: false }, STANDING, NOW);
const count = (note: string | null, by = 'ana'): boolean =>
  noteReview(run, { decision: 'edit', by, note, counted: true }, STANDING, NOW);

describe('dropped decisions', () => {
  it('are listed until the last line says that no more are', () => {
    for (let index = 0; index < MOST_DROPPED; index += 1) expect(drop()).toBe(true);
    expect(drop()).toBe(false);
    expect(run.review).toHaveLength(MOST_DROPPED);
    expect(run.review.filter(({ note }) => note?.includes(FURTHER))).toEqual([run.review.at(-1)]);
    expect(run.review.at(-1)?.note).toBe(`dropped: too late; ${FURTHER}`);
  });

  it('take no room from what counts, and the other way round', () => {
    for (let index = 0; index < 2 * MOST_DROPPED; index += 1) drop();
    expect(count('Better.')).toBe(true);
    expect(run.review.at(-1)).toMatchObject({ by: 'ana', note: 'Better.', counted: true });
    run.review = [];
    for (let index = 0; index < MOST_COUNTED; index += 1) count(null);
    expect(drop()).toBe(true);
    expect(run.review.at(-1)).toMatchObject({ note: 'dropped: too late' });
  });
});

describe('decisions that count', () => {
  it('are all listed up to a number; then the first line says how many are no longer', () => {
    drop('dropped: the first');
    for (let index = 1; index <= MOST_COUNTED; index += 1) count(`edit ${index}`);
    expect(run.review.map(({ note }) => note).slice(0, 3)).toEqual([
      'dropped: the first',
      'edit 1',
      'edit 2',
    ]);
    count('one more');
    count('and another');
    expect(run.review.filter(({ counted }) => counted)).toHaveLength(MOST_COUNTED);
    expect(run.review.slice(0, 3).map(({ by, note }) => [by, note])).toEqual([
      ['mo', 'dropped: the first'],
      ['copydesk', '3 decisions up to here are no longer listed'],
      ['ana', 'edit 4'],
    ]);
    expect(run.review.at(-1)?.note).toBe('and another');
  });

  it('keep their words, the newest longest, as far as a record has room', () => {
    const words = 'x'.repeat(4_000);
    for (let index = 0; index < MOST_COUNTED; index += 1) count(words);
    const [first] = run.review;
    expect(first?.note).toHaveLength(200);
    expect(first?.note?.endsWith('x…')).toBe(true);
    expect(run.review.at(-1)?.note).toBe(words);
    expect(run.review.filter(({ note }) => note === words).length).toBeGreaterThan(120);
    expect(Buffer.byteLength(JSON.stringify(run.review))).toBeLessThan(620_000);
  });
});

it.each(['plain', 'Zoë says "so" \\ so', '漢字かな', '😀', '\u0000\n\ud800', ''])(
  'no text takes more bytes than it is counted for: %j',
  (text) => {
    expect(jsonBytes(text)).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(text)) - 2);
  },
);
