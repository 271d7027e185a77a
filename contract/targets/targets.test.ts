import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bluesky } from './bluesky.js';
import { countText, fitText } from './fit-text.js';
import { mastodon } from './mastodon.js';
import type { PostWords } from './target.js';

const WORDS: PostWords = {
  title: 'A clock',
  body: null,
  caption: 'The harbour clock is seven minutes late.',
  hashtags: ['clocks', 'harbour'],
  link: 'https://desk.example/@ashtalksai/posts/UpkTZ26nc9Eb',
  disclosure: 'Made with AI.',
};
const bare = { hashtags: [], disclosure: null };
const FAMILY = '👨‍👩‍👧‍👦';

const graphemes = (text: string): number => [...new Intl.Segmenter().segment(text)].length;
const bytes = (text: string): number => new TextEncoder().encode(text).length;

const CHARACTERS = 'the text has more than 300 characters';
const BYTES = 'the text has more than 3,000 bytes';

it.each([
  ['letters', 'a', 300, CHARACTERS],
  ['letters of two bytes', 'ß', 300, CHARACTERS],
  ['Japanese', '港', 300, CHARACTERS],
  ['Hebrew', 'ש', 300, CHARACTERS],
  ['an accent of its own', 'e\u0301', 300, CHARACTERS],
  ['a flag', '🇳🇴', 300, CHARACTERS],
  // 25 bytes each.
  ['a family', FAMILY, 120, BYTES],
  ['a letter under a heap of marks', `a${'\u0301'.repeat(20)}`, 73, BYTES],
])('a text on Bluesky of %s has its limit', (_, character, most, problem) => {
  expect(bluesky.refuses(character.repeat(most))).toBeNull();
  expect(bluesky.refuses(character.repeat(most + 1))).toBe(problem);
});

it('a text on Bluesky counts a line break of two units as one, and takes no time for a text without end', () => {
  expect(bluesky.refuses('a\r\n'.repeat(150))).toBeNull();
  expect(bluesky.refuses('a '.repeat(5_000_000))).toBe(BYTES);
});

it.each([
  ['emoji', `${FAMILY} `],
  ['Japanese', '港の時計は毎日七分遅れている。'],
  ['Thai', 'นาฬิกาท่าเรือช้าไปเจ็ดนาที'],
  ['Hebrew', 'השעון בנמל מאחר בשבע דקות. '],
  ['Arabic with its vowels', 'السَّاعَةُ فِي المِينَاءِ مُتَأَخِّرَةٌ. '],
  ['marks', 'Z\u0351\u036b\u0343a\u0363\u0363lgo\u0321\u0353 '],
])('a text on Bluesky is cut between characters in a caption of %s', (_, sentence) => {
  const caption = sentence.repeat(150);
  const { text, left } = bluesky.fit!({ ...WORDS, caption });
  expect(graphemes(text)).toBeLessThanOrEqual(300);
  expect(bytes(text)).toBeLessThanOrEqual(3_000);
  expect(text.endsWith(`…\n\n${WORDS.link}`)).toBe(true);
  expect(left).toContain('the end of the caption');
  const kept = text.slice(0, text.indexOf('…'));
  const rest = caption.slice(kept.length);
  expect(caption.startsWith(kept)).toBe(true);
  expect(graphemes(caption)).toBe(graphemes(kept) + graphemes(rest));
  expect(bluesky.refuses(text)).toBeNull();
});

it('a text on Bluesky uses the room that there is', () => {
  const { text } = bluesky.fit!({ ...WORDS, caption: 'ten chars '.repeat(60) });
  expect(graphemes(text)).toBeGreaterThan(280);
});

it('a text on Bluesky is fitted in a moment, however long the caption', () => {
  expect(bluesky.fit!({ ...WORDS, caption: 'a word and '.repeat(3_000) }).text).toContain('…');
});

const TOO_LONG = 'the text has more than 500 characters';

it.each([
  ['letters', 'aa', 2],
  ['a family', FAMILY, 1],
  ['a letter and its accent', 'e\u0301', 1],
  ['a long link', `https://a.example/${'path/'.repeat(60)}?q=1`, 23],
  ['a short link', 'http://a.io', 23],
  ['a link with a port', `https://a.example:8443/${'x'.repeat(40)}`, 23],
  ['a link in another script', `https://пример.испытание/${'д'.repeat(40)}`, 23],
  ['a link in brackets at the end of a sentence', `(https://a.example/${'x'.repeat(60)}).`, 26],
  ['a link to a number', 'http://127.0.0.1:8300/a', 23],
  ['a longer link to a number', 'http://127.0.0.1:8300/abc', 25],
  ['a link of this machine', 'http://localhost/@ashtalksai', 28],
  ['a link within a word', `xhttps://a.example/${'x'.repeat(40)}`, 59],
  ['a mention elsewhere', '@ash@social.example', 4],
  ['a mention at the end of a sentence', '@ash@social.example.', 5],
  ['a mention here', '@ash', 4],
  ['an address of mail', 'ash@social.example', 18],
  ['a hashtag', '#clocks', 7],
])('a text on Mastodon with %s has its limit of 500', (_what, piece, counted) => {
  const longest = `${'a'.repeat(500 - counted - 1)} ${piece}`;
  expect(mastodon.refuses(longest)).toBeNull();
  expect(mastodon.refuses(`a${longest}`)).toBe(TOO_LONG);
});

const pieces = ['a', FAMILY, '@', '@a', 'https://', 'http://a.', '@a@', '(((('];
it.each(pieces)('a text on Mastodon is counted in no time where it is %s again and again', (piece) => {
  expect(mastodon.refuses(piece.repeat(200_000))).toBe(TOO_LONG);
});

it('a text on Mastodon loses what matters least where the post is too long, never the link', () => {
  const { text, left } = mastodon.fit!({ ...WORDS, caption: 'a clock '.repeat(200) });
  expect(text).toMatch(/ a( clock)?…\n\nhttps:\/\/desk\.example\/@ashtalksai\/posts\/UpkTZ26nc9Eb$/);
  expect(mastodon.refuses(text)).toBeNull();
  expect(left).toEqual(['the end of the caption', 'the disclosure', 'the hashtags']);
});

it('a text on Mastodon uses what a long link leaves', () => {
  const link = `https://desk.example/${'a-long-path/'.repeat(20)}`;
  const caption = `${'a'.repeat(470)}.`;
  const { left } = mastodon.fit!({ ...WORDS, ...bare, caption, link });
  expect(left).toEqual([]);
});

describe.each([bluesky, mastodon])('a post on $kind', ({ fit, refuses }) => {
  it('goes whole where there is room, with its link, and not where it is empty', () => {
    const text = `The harbour clock is seven minutes late.\n\nMade with AI.\n\n#clocks #harbour\n\n${WORDS.link}`;
    expect(fit!(WORDS)).toEqual({ text, left: [] });
    expect(refuses(' \n ')).toBe('the text is empty');
  });

  const words = ['word ', `${FAMILY} `, 'https://a.example/b ', '@ash@social.example ', 'no-space'];
  it.each(words)('goes through with %s once, and again and again', (word) => {
    for (const times of [1, 20, 100, 400])
      expect(refuses(fit!({ ...WORDS, caption: word.repeat(times) }).text)).toBeNull();
  });

  it.each([null, '(offline sample)'])(
    'goes through whatever somebody wrote, with link and mark %s whole and last',
    (mark) => {
      const grapheme = fc.string({ unit: 'grapheme', maxLength: 9 });
      const caption = fc.array(fc.string({ unit: fc.oneof(grapheme, fc.constant(' ')) }), { maxLength: 80 });
      const hashtags = fc.array(fc.constantFrom('clocks', 'høyde', '港', 'a'.repeat(60)), { maxLength: 30 });
      const isTaken = fc.property(caption, hashtags, (parts, tags) => {
        const { text } = fit!({ ...WORDS, caption: parts.join(' '), hashtags: tags, mark });
        expect(refuses(text)).toBeNull();
        expect(text.endsWith(mark === null ? WORDS.link : `${WORDS.link}\n\n${mark}`)).toBe(true);
      });
      fc.assert(isTaken, { numRuns: 200 });
    },
  );
});

const SHORT: PostWords = {
  ...WORDS,
  caption: 'One two three, four five.',
  hashtags: ['clocks', 'harbour', 'brass'],
  link: 'https://a.example/p',
};
const within = (most: number, change: Partial<PostWords> = {}) =>
  fitText({ ...SHORT, ...change }, (text) => text.length <= most);

it.each([
  [500, 'One two three, four five.\n\nMade with AI.\n\n#clocks #harbour #brass', []],
  [70, 'One two three, four five.\n\nMade with AI.\n\n#clocks', ['the last 2 of 3 hashtags']],
  [50, 'One two three, four five.', ['the disclosure', 'the hashtags']],
  // At the end of a word.
  [40, 'One two three…', ['the end of the caption', 'the disclosure', 'the hashtags']],
])('in %d characters leaves out what matters least and says so, never the link', (most, text, left) => {
  expect(within(most)).toEqual({ text: `${text}\n\nhttps://a.example/p`, left });
});

it('a fitted text is within the limit for every limit from the link on', () => {
  for (let most = SHORT.link.length; most < 120; most += 1)
    expect(within(most).text.length).toBeLessThanOrEqual(most);
});

it('a fitted text shortens at the end of a word where no space parts them', () => {
  const caption = '港の時計は毎日七分遅れている。船長だけが知っている。';
  const { text } = within(36, { ...bare, caption });
  expect(text).toBe('港の時計は毎日七分遅れている…\n\nhttps://a.example/p');
});

it('a fitted text keeps what belongs together: an apostrophe, a hyphen, a number, a family', () => {
  const caption = "It's well-known: 3.5 kg 👨‍👩‍👧‍👦 don't float";
  const texts = Array.from({ length: 80 }, (_, more) => {
    const { text } = within(SHORT.link.length + more, { ...bare, caption });
    return text.replace(/(^|\n\n)https.*/, '');
  });
  expect([...new Set(texts)]).toEqual([
    ...['', "It's…", "It's well-known…", "It's well-known: 3.5…", "It's well-known: 3.5 kg…"],
    ...["It's well-known: 3.5 kg 👨‍👩‍👧‍👦…", "It's well-known: 3.5 kg 👨‍👩‍👧‍👦 don't…", caption],
  ]);
});

it('a fitted text leaves out a caption that is one endless word, and says so', () => {
  const { text, left } = within(35, { caption: 'a'.repeat(100) });
  expect(text).toBe('Made with AI.\n\nhttps://a.example/p');
  expect(left).toEqual(['the caption', 'the hashtags']);
});

it('counts what people see as one character as one', () => {
  expect(countText('tide 🏴‍☠️👩🏽‍🚀é', { most: 300 })).toBe(8);
});

it('counts an address as what the target says, wherever it stands', () => {
  const text = 'See https://a.example/a/very/long/way#there and http://b.example.';
  expect(countText(text, { most: 500, address: 23 })).toBe('See '.length + 23 + ' and '.length + 23);
  expect(countText(text, { most: 500 })).toBe(text.length);
});
