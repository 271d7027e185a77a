import { describe, expect, it } from 'vitest';
import { searchConfiguration, embeddedText, searchedText, spaced } from './searched-text.js';

const edition = { title: 'T', body: null, caption: 'C', hashtags: [] as string[], altText: 'A' };

describe('what is searched', () => {
  it('is the title and the rest of what readers see', () => {
    const searched = { title: 'T', rest: 'B\nC\nai\nA' };
    expect(searchedText({ ...edition, body: 'B', hashtags: ['ai'] })).toEqual(searched);
  });

  it('has the words of a hashtag too', () => {
    const { rest } = searchedText({ ...edition, hashtags: ['OpenSource', 'GPT5Mini', 'AI', 'ÉtéÀParis'] });
    expect(rest.split('\n').slice(1, -1)).toEqual([
      'OpenSource Open Source',
      'GPT5Mini GPT5 Mini',
      'AI',
      'ÉtéÀParis Été ÀParis',
    ]);
  });

  it('has two characters for a word where a script puts no space between them', () => {
    expect(spaced('GPT の評価')).toBe('GPT   の評 評価');
    expect(spaced('字')).toBe('字');
  });

  it('has one form for letters that look alike', () => {
    expect(spaced('ﬁne ＡＩ')).toBe('fine AI');
  });

  it('is bounded, also where it is embedded', () => {
    const long = { ...edition, title: 'x'.repeat(200_000), body: 'y'.repeat(200_000) };
    expect(searchedText(long).title.length).toBe(50_000);
    expect(embeddedText(long).length).toBe(8_000);
  });
});

it.each([
  ['en', 'english'],
  ['en-GB', 'english'],
  ['PT-br', 'portuguese'],
  ['de_CH', 'german'],
  ['nb-NO', 'norwegian'],
  ['ja', 'simple'],
  ['pl', 'simple'],
  ['constructor', 'simple'],
  ['', 'simple'],
])('%s is read as %s', (language, configuration) => {
  expect(searchConfiguration(language)).toBe(configuration);
});
