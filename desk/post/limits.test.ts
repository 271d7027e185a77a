import { expect, it } from 'vitest';
import { sampleAccount } from '../testing/samples.js';
import { countersOf, hashtagsIn, styleLimits, type LimitedField, type Limit } from './limits.js';

const LIMITS = styleLimits(sampleAccount().style);
const told = (field: LimitedField, text: string): string[] =>
  countersOf(field, text, LIMITS).map(({ words, holds }) => (holds ? words : `missed: ${words}`));

it.each<[field: LimitedField, text: string, counters: string[]]>([
  ['title', 'A clock', ['7 of 90 characters']],
  ['title', 'x'.repeat(91), ['missed: 91 of 90 characters']],
  ['caption', '🌊 tide', ['6 of 240 characters']],
  ['body', 'One two.\r\n\r\nThree.', ['3 of 400 words', '2 of at least 2 paragraphs']],
  ['hashtags', '', ['missed: 0 of 1 to 5 hashtags']],
  ['hashtags', '#tide, harbor', ['2 of 1 to 5 hashtags']],
  ['altText', ' A clock ', ['7 of 1000 characters']],
])('%s %j', (field, text, counters) => expect(told(field, text)).toEqual(counters));

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
