import { expect, it } from 'vitest';
import { readTarget, targetText } from './target.js';

const OTHER = 'OtherPost001';
const NINE = '2026-11-27T08:00:00.000Z';
const read = (text: string) =>
  readTarget(text, {
    from: '2026-11-26T08:00:00.000Z',
    timeZone: 'Europe/Warsaw',
    now: new Date('2026-11-25T12:00:00Z'),
  });

it.each([
  ['a moment', NINE, NINE],
  ['a moment with an offset', '2026-11-27T09:00:00+01:00', NINE],
  ['a day and a time of the account', '2026-11-27T17:45', '2026-11-27T16:45:00.000Z'],
  ['a day, at the same time of day', '2026-11-30', '2026-11-30T08:00:00.000Z'],
  ['a day after the clocks have changed, at the same time of day', '2027-03-29', '2027-03-29T07:00:00.000Z'],
  ['a time that the clocks skip, after it', '2027-03-28T02:30', '2027-03-28T01:00:00.000Z'],
])('%s', (_, text, at) => expect(read(text)).toEqual({ at, other: null }));

it('a moment and the post that was shown there', () => {
  const target = { at: NINE, other: OTHER };
  expect(read(targetText(target))).toEqual(target);
});

it.each([
  ['', 'Choose a slot'],
  ['tomorrow', 'Choose a slot'],
  ['2026-02-30', 'Choose a slot'],
  ['2026-02-30T09:00', 'Choose a slot'],
  ['2026-11-27T25:00', 'Choose a slot'],
  [`${NINE} nobody`, 'Choose a slot'],
  ['2026-11-25T12:59', 'is past'],
])("'%s' is none", (text, words) =>
  expect(read(text)).toEqual({ problem: expect.stringContaining(words) as string }),
);
