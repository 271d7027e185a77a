import { describe, expect, it } from 'vitest';
import type { HouseStyle } from '../contract/account.js';
import { draftProblem, tidyDraft, type Draft } from './draft-rules.js';

const style: HouseStyle = {
  titleMaxCharacters: 40,
  bodyMinParagraphs: 3,
  bodyMaxWords: 30,
  captionMaxCharacters: 60,
  hashtagsMin: 2,
  hashtagsMax: 3,
  bannedPhrases: ['Game Changer'],
  buttonLast: true,
};
const button = 'The bill is the benchmark.';
const good: Draft = {
  title: 'What a token costs',
  body: `One thing.\n\nAnother thing.\n\nA third.\n${button}`,
  caption: 'A caption.',
  hashtags: ['ai', 'llm'],
  imagePrompt: 'A till',
  shot: null,
  altText: 'A till on a counter',
};

describe('draftProblem', () => {
  it('keeps a draft in house style', () => {
    expect(draftProblem(good, style, button)).toBeNull();
  });

  it.each<[string, Partial<Draft>, string]>([
    ['no title', { title: '' }, 'the title is empty'],
    ['a long title', { title: 'x'.repeat(41) }, 'the title has 41 characters, at most 40 are allowed'],
    ['no caption', { caption: '' }, 'the caption is empty'],
    ['a long caption', { caption: 'x'.repeat(61) }, 'the caption has 61 characters'],
    ['one paragraph', { body: button }, 'the body has 1 paragraphs, at least 3 are asked for'],
    ['a long body', { body: `a\n\nb\n\n${'word '.repeat(30)}\n${button}` }, 'at most 30 are allowed'],
    ['too few hashtags', { hashtags: ['ai'] }, 'there are 1 hashtags, between 2 and 3'],
    ['too many hashtags', { hashtags: ['a', 'b', 'c', 'd'] }, 'there are 4 hashtags'],
    ['a hashtag of two words', { hashtags: ['ai', 'big model'] }, 'the hashtag "big model" is not one word'],
    ['no picture', { imagePrompt: ' ' }, 'the prompt of the picture or the shot is empty'],
    ['no alt text', { altText: '' }, 'the alt text is empty'],
    ['a banned phrase in any case', { caption: 'a game changer' }, 'the phrase "Game Changer" is banned'],
    ['a body that does not land', { body: 'a\n\nb\n\nc' }, 'the last line of the body is not the button'],
    [
      'a button inside a line',
      { body: `a\n\nb\n\nSo: ${button}` },
      'the last line of the body is not the button',
    ],
  ])('refuses %s', (_name, change, problem) => {
    expect(draftProblem({ ...good, ...change }, style, button)).toContain(problem);
  });

  it('lets a format without an article land on its caption', () => {
    const clip = { ...good, body: null, shot: 'A slow zoom' };
    expect(draftProblem({ ...clip, caption: `Watch.\n${button}` }, style, button)).toBeNull();
    expect(draftProblem(clip, style, button)).toContain('the last line of the caption is not the button');
  });
});

it('tidies space and hashtags before the rules look', () => {
  const messy = {
    ...good,
    title: ' What  a\ntoken costs ',
    body: 'One. \r\n\r\n\r\n\r\nTwo.\n ',
    hashtags: [' #ai', '##llm'],
  };
  expect(tidyDraft(messy)).toMatchObject({
    title: 'What a token costs',
    body: 'One.\n\nTwo.',
    hashtags: ['ai', 'llm'],
  });
});
