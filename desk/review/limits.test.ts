import { expect, it } from 'vitest';
import { sampleAccount } from '../testing/samples.js';
import { countersOf, hashtagsIn, styleLimits, type Field, type Limit } from './limits.js';

const LIMITS = styleLimits(sampleAccount().style);
const told = (field: Field, text: string, limits: readonly Limit[] = LIMITS) =>
  countersOf(field, text, limits).map(({ words, holds }) => [words, holds]);

it.each([
  ['title', 'A clock', [['7 of 90 characters', true]]],
  ['title', 'x'.repeat(91), [['91 of 90 characters', false]]],
  ['caption', '🌊 tide', [['6 of 240 characters', true]]],
  [
    'body',
    'One two.\r\n\r\nThree.',
    [
      ['3 of 400 words', true],
      ['2 of at least 2 paragraphs', true],
    ],
  ],
  ['hashtags', '', [['0 of 1 to 5 hashtags', false]]],
  ['hashtags', '#tide, harbor', [['2 of 1 to 5 hashtags', true]]],
  ['altText', ' A clock ', [['7 of 1000 characters', true]]],
] as const)('%s %j', (field, text, counters) => expect(told(field, text)).toEqual(counters));

it('counts against the limits of targets too', () => {
  const target: Limit = { field: 'caption', unit: 'characters', most: 300, of: 'bluesky' };
  expect(countersOf('caption', 'x'.repeat(260), [...LIMITS, target])).toMatchObject([
    { of: 'house style', holds: false },
    { of: 'bluesky', holds: true, words: '260 of 300 characters' },
  ]);
});

it('reads hashtags however a person types them', () => {
  expect(hashtagsIn(' #tide,harbor  ##ports ,, # ')).toEqual(['tide', 'harbor', 'ports']);
});
