import { expect, it } from 'vitest';
import { dollars } from '../../contract/money/nano.js';
import { stateWords } from '../../contract/states.js';
import { olderPath, postPath } from './addresses.js';
import { captionWithHashtags, paragraphs } from './post-text.js';

const joined = (caption: string, ...hashtags: string[]) => captionWithHashtags({ caption, hashtags });

it.each<[what: string, made: () => unknown, expected: unknown]>([
  ['joins a caption and its hashtags', () => joined('That is it.', 'ai', 'mlops'), 'That is it. #ai #mlops'],
  ['joins a caption and no hashtag', () => joined('That is it.'), 'That is it.'],
  ['joins no caption and a hashtag', () => joined('', 'ai'), '#ai'],
  [
    'splits a body at blank lines',
    () => paragraphs('One\nstill one.\n\n \nTwo.\n'),
    ['One\nstill one.', 'Two.'],
  ],
  ['splits a blank body into nothing', () => paragraphs(' \n '), []],
  ['writes cents', () => dollars(0.06), '$0.06'],
  ['writes parts of a cent', () => dollars(0.0042), '$0.0042'],
  ['writes what a sum of floats meant', () => dollars(0.1 + 0.2), '$0.30'],
  ['writes a state in words', () => stateWords('awaiting_approval'), 'awaiting approval'],
  ['names a post by its account', () => postPath('ash', 'UpkTZ26nc9Eb'), '/@ash/posts/UpkTZ26nc9Eb'],
  [
    'escapes the zone of a time',
    () => olderPath('/@ash', '2026-05-11T15:18:00+02:00'),
    '/@ash?before=2026-05-11T15%3A18%3A00%2B02%3A00',
  ],
])('%s', (_, made, expected) => expect(made()).toEqual(expected));
