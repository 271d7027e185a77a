import { describe, expect, it } from 'vitest';
import { charactersOf, type Draft } from '../contract/draft.js';
import { tidyDraft } from './tidy-draft.js';

const draft: Draft = {
  title: 'A title',
  body: 'A body.',
  caption: 'A caption.',
  hashtags: ['ai', 'llm'],
  imagePrompt: 'A till',
  shot: null,
  altText: 'A till',
};
const tidied = (change: Partial<Draft>): Draft => tidyDraft({ ...draft, ...change });

describe('tidyDraft', () => {
  it('puts space in order', () => {
    expect(
      tidied({
        title: ' What  a\ntoken costs ',
        body: 'One. \r\n\r\n\r\n\r\nTwo.\n ',
        imagePrompt: ' A till\n',
        altText: 'A\ntill ',
      }),
    ).toMatchObject({
      title: 'What a token costs',
      body: 'One.\n\nTwo.',
      imagePrompt: 'A till',
      altText: 'A till',
    });
  });

  it.each([
    ['"What a token costs"', 'What a token costs'],
    ['“What a token costs”', 'What a token costs'],
    ['**What a token costs**', 'What a token costs'],
    ['"Open" and "closed"', '"Open" and "closed"'],
  ])('takes the title %s as %s', (title, taken) => {
    expect(tidied({ title }).title).toBe(taken);
  });

  it('moves hashtags from the end of the caption to the others, each once', () => {
    expect(tidied({ caption: 'A caption. #AI #llm #mlops' })).toMatchObject({
      caption: 'A caption.',
      hashtags: ['ai', 'llm', 'mlops'],
    });
  });

  it('keeps what is far too long to twice the limit, so that its check still fails', () => {
    const long = tidied({
      title: 'word '.repeat(1_000),
      body: 'word '.repeat(30_000),
      caption: 'word '.repeat(9_000),
      imagePrompt: 'x'.repeat(20_000),
      altText: 'x'.repeat(20_000),
      hashtags: Array.from({ length: 400 }, (_, at) => `tag${at}`),
    });
    const lengths = [long.title, long.body ?? '', long.caption, long.imagePrompt, long.altText].map(
      charactersOf,
    );
    expect(lengths.every((length, at) => length <= [600, 60_000, 10_000, 4_000, 2_000][at]!)).toBe(true);
    expect(lengths.every((length, at) => length > [300, 30_000, 5_000, 2_000, 1_000][at]!)).toBe(true);
    expect(long.hashtags).toHaveLength(60);
  });
});
