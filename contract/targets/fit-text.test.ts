import { describe, expect, it } from 'vitest';
import { fitText } from './fit-text.js';
import type { Words } from './target.js';

const WORDS: Words = {
  title: 'A clock',
  body: null,
  caption: 'One two three, four five.',
  hashtags: ['clocks', 'harbour', 'brass'],
  link: 'https://a.example/p',
  disclosure: 'Made with AI.',
};
const within =
  (most: number) =>
  (text: string): boolean =>
    text.length <= most;

describe('fitText', () => {
  it('puts everything where there is room', () => {
    expect(fitText(WORDS, within(500))).toEqual({
      text: 'One two three, four five.\n\nMade with AI.\n\n#clocks #harbour #brass\n\nhttps://a.example/p',
      left: [],
    });
  });

  it('leaves out hashtags from the end, and says which', () => {
    const { text, left } = fitText(WORDS, within(70));
    expect(text).toBe('One two three, four five.\n\nMade with AI.\n\n#clocks\n\nhttps://a.example/p');
    expect(left).toEqual(['the last 2 of 3 hashtags']);
  });

  it('leaves out a disclosure that has no room', () => {
    expect(fitText(WORDS, within(50)).left).toEqual(['the disclosure', 'the hashtags']);
  });

  it('shortens the caption at the end of a word, never the link', () => {
    const { text, left } = fitText(WORDS, within(40));
    expect(text).toBe('One two three…\n\nhttps://a.example/p');
    expect(left).toContain('the end of the caption');
  });

  it('is within the limit for every limit from the link on', () => {
    for (let most = WORDS.link.length; most < 120; most += 1)
      expect(fitText(WORDS, within(most)).text.length).toBeLessThanOrEqual(most);
  });

  it('shortens at the end of a word where no space parts them', () => {
    const caption = '港の時計は毎日七分遅れている。船長だけが知っている。';
    const { text } = fitText({ ...WORDS, caption, hashtags: [], disclosure: null }, within(36));
    expect(text).toBe('港の時計は毎日七分遅れている…\n\nhttps://a.example/p');
  });

  it('keeps what belongs together: an apostrophe, a hyphen, a number, a family', () => {
    const caption = "It's well-known: 3.5 kg 👨‍👩‍👧‍👦 don't float";
    const textOf = (most: number): string =>
      fitText({ ...WORDS, caption, hashtags: [], disclosure: null }, within(most)).text;
    const texts = Array.from({ length: 80 }, (_, more) => textOf(WORDS.link.length + more));
    expect(new Set(texts.map((text) => text.replace(/(^|\n\n)https.*/, '')))).toEqual(
      new Set([
        ...['', "It's…", "It's well-known…", "It's well-known: 3.5…", "It's well-known: 3.5 kg…"],
        ...["It's well-known: 3.5 kg 👨‍👩‍👧‍👦…", "It's well-known: 3.5 kg 👨‍👩‍👧‍👦 don't…", caption],
      ]),
    );
  });

  it('leaves out a caption that is one endless word, and says so', () => {
    const { text, left } = fitText({ ...WORDS, caption: 'a'.repeat(100) }, within(35));
    expect(text).toBe('Made with AI.\n\nhttps://a.example/p');
    expect(left).toEqual(['the caption', 'the hashtags']);
  });
});
