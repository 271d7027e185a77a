import { describe, expect, it } from 'vitest';
import type { Draft } from '../contract/draft.js';
import { draftMisses, draftProblem } from './draft-rules.js';
import { post } from './testing/samples.js';

const good: Draft = {
  title: 'What a token costs',
  body: 'One thing.\n\nAnother thing.\n\nA third.\n\nThe sea keeps the other time.',
  caption: 'A caption.',
  hashtags: ['ai', 'llm'],
  imagePrompt: 'A till',
  shot: null,
  altText: 'A till on a counter',
};

describe('draftProblem', () => {
  it.each<[string, Partial<Draft>, string]>([
    ['no title', { title: '' }, 'the title is empty'],
    ['a title of punctuation', { title: '…' }, 'the title is empty'],
    ['no article', { body: '' }, 'the body is empty'],
    ['no caption', { caption: '' }, 'the caption is empty'],
    ['no picture', { imagePrompt: ' ' }, 'the prompt of the picture is empty'],
    ['no shot', { shot: '' }, 'the shot is empty'],
  ])('%s can not be used', (_name, change, problem) => {
    expect(draftProblem({ ...good, ...change })).toBe(problem);
  });

  it('tells every reason at once', () => {
    expect(draftProblem({ ...good, title: '', body: '', caption: '-' })).toBe(
      'the title is empty; the body is empty; the caption is empty',
    );
  });

  it.each<[string, Partial<Draft>]>([
    ['in house style', {}],
    ['without a body or a shot where the format has none', { body: null, shot: null }],
    ['a caption of an emoji', { caption: '🌊' }],
    ['a title of another script', { title: '海' }],
    ['without alt text or hashtags', { altText: '', hashtags: [] }],
    [
      'too long everywhere',
      { title: 'x'.repeat(500), body: 'word '.repeat(9_000), caption: 'x'.repeat(9_000) },
    ],
  ])('a draft %s can be used', (_name, change) => {
    expect(draftProblem({ ...good, ...change })).toBeNull();
  });
});

describe('draftMisses', () => {
  it('is every miss of the account’s style, a line each, and the button where the style asks for it', () => {
    expect(draftMisses(good, post('hero_text'))).toEqual([]);
    expect(draftMisses({ ...good, hashtags: ['a'], body: 'A sea change.' }, post('hero_text'))).toEqual([
      'the body has 1 paragraph, at least 4 asked for',
      '1 hashtag, between 2 and 4 asked for',
      'the phrase "sea change" is banned',
      'the last paragraph of the body does not land on the button "The sea keeps the other time."',
    ]);
  });
});
