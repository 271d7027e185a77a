import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bluesky } from './bluesky.js';
import { fitText } from './fit-text.js';
import type { Words } from './target.js';

const WORDS: Words = {
  title: 'A clock',
  body: null,
  caption: 'The harbour clock is seven minutes late.',
  hashtags: ['clocks', 'harbour'],
  link: 'https://desk.example/@ashtalksai/posts/UpkTZ26nc9Eb',
  disclosure: 'Made with AI.',
};
const FAMILY = '👨‍👩‍👧‍👦';

const fitted = (words: Partial<Words>) => bluesky.fit!({ ...WORDS, ...words });
const graphemes = (text: string): number => [...new Intl.Segmenter().segment(text)].length;
const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe('the limit of a text on Bluesky', () => {
  it.each([
    ['letters', 'a', 300],
    ['letters of two bytes', 'ß', 300],
    ['Japanese', '港', 300],
    ['Hebrew', 'ש', 300],
    ['an accent of its own', 'e\u0301', 300],
    ['a flag', '🇳🇴', 300],
    // 25 bytes each.
    ['a family', FAMILY, 120],
    ['a letter under a heap of marks', `a${'\u0301'.repeat(20)}`, 73],
  ])('of %s', (_, character, most) => {
    expect(bluesky.refuses(character.repeat(most))).toBeNull();
    expect(bluesky.refuses(character.repeat(most + 1))).toMatch(
      /^the text has more than (300 characters|3,000 bytes)$/,
    );
  });

  it('counts a line break of two units as one', () => {
    expect(bluesky.refuses('a\r\n'.repeat(150))).toBeNull();
  });

  it('refuses a text without words, and takes no time for one without end', () => {
    expect(bluesky.refuses(' \n ')).toBe('the text is empty');
    expect(bluesky.refuses('a '.repeat(5_000_000))).toBe('the text has more than 3,000 bytes');
  });
});

describe('a post fitted to Bluesky', () => {
  it('has all of it where there is room', () => {
    expect(fitted({})).toEqual({
      text: `The harbour clock is seven minutes late.\n\nMade with AI.\n\n#clocks #harbour\n\n${WORDS.link}`,
      left: [],
    });
  });

  it.each([
    ['emoji', `${FAMILY} `],
    ['Japanese', '港の時計は毎日七分遅れている。'],
    ['Thai', 'นาฬิกาท่าเรือช้าไปเจ็ดนาที'],
    ['Hebrew', 'השעון בנמל מאחר בשבע דקות. '],
    ['Arabic with its vowels', 'السَّاعَةُ فِي المِينَاءِ مُتَأَخِّرَةٌ. '],
    ['marks', `Z\u0351\u036b\u0343a\u0363\u0363lgo\u0321\u0353 `],
  ])('is within the limit, with its link, in %s', (_, sentence) => {
    const caption = sentence.repeat(150);
    const { text, left } = fitted({ caption });
    expect(graphemes(text)).toBeLessThanOrEqual(300);
    expect(bytes(text)).toBeLessThanOrEqual(3_000);
    expect(text.endsWith(`…\n\n${WORDS.link}`)).toBe(true);
    expect(left).toContain('the end of the caption');
    // Nothing is cut within a character.
    const kept = text.slice(0, text.indexOf('…'));
    expect(caption.startsWith(kept)).toBe(true);
    expect(graphemes(kept + caption.slice(kept.length))).toBe(
      graphemes(kept) + graphemes(caption.slice(kept.length)),
    );
    expect(bluesky.refuses(text)).toBeNull();
  });

  it('uses the room that there is', () => {
    const { text } = fitted({ caption: 'ten chars '.repeat(60) });
    expect(graphemes(text)).toBeGreaterThan(280);
  });

  it('goes through whatever somebody wrote, with the link whole and last', () => {
    const words = fc.string({
      unit: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 9 }), fc.constant(' ')),
    });
    const hashtags = fc.array(fc.constantFrom('clocks', 'høyde', '港', 'a'.repeat(60)), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(words, { maxLength: 80 }), hashtags, (captions, tags) => {
        const { text } = fitted({ caption: captions.join(' '), hashtags: tags });
        expect(bluesky.refuses(text)).toBeNull();
        expect(text.endsWith(WORDS.link)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('is fitted in a moment, however long the caption', () => {
    const caption = 'a word and '.repeat(3_000);
    expect(fitText({ ...WORDS, caption }, (text) => bluesky.refuses(text) === null).text).toContain('…');
  });
});
