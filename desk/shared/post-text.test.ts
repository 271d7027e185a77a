import { expect, it } from 'vitest';
import { stateWords } from '../../contract/states.js';
import { dollars } from '../../contract/money/nano.js';
import { captionWithHashtags, paragraphs } from './post-text.js';

it('joins a caption and its hashtags', () => {
  expect(captionWithHashtags({ caption: 'That is it.', hashtags: ['ai', 'mlops'] })).toBe(
    'That is it. #ai #mlops',
  );
  expect(captionWithHashtags({ caption: 'That is it.', hashtags: [] })).toBe('That is it.');
  expect(captionWithHashtags({ caption: '', hashtags: ['ai'] })).toBe('#ai');
});

it('splits a body at blank lines', () => {
  expect(paragraphs('One\nstill one.\n\n \nTwo.\n')).toEqual(['One\nstill one.', 'Two.']);
  expect(paragraphs(' \n ')).toEqual([]);
});

it('writes dollars from a JSON number', () => {
  expect(dollars(0.06)).toBe('$0.06');
  expect(dollars(0.0042)).toBe('$0.0042');
  expect(dollars(0.1 + 0.2)).toBe('$0.30');
});

it('writes a state in words', () => expect(stateWords('awaiting_approval')).toBe('awaiting approval'));
