import { describe, expect, it } from 'vitest';
import { mastodon } from './mastodon.js';
import type { Words } from './target.js';

const PAGE = 'https://desk.example/@ashtalksai/posts/UpkTZ26nc9Eb';
const words = (change: Partial<Words>): Words => ({
  ...{ title: 'A clock', body: null, caption: 'A clock.', hashtags: ['clocks', 'brass'], link: PAGE },
  disclosure: 'Made with AI.',
  ...change,
});
const TOO_LONG = 'the text has more than 500 characters';
const isTaken = (text: string): boolean => mastodon.refuses(text) === null;
/** A text that has exactly as many characters as Mastodon takes, where `counted` of them are the piece's. */
const withRoomFor = (piece: string, counted: number): string => `${'a'.repeat(500 - counted - 1)} ${piece}`;

describe('the characters of a text', () => {
  it('are 500 at most', () => {
    expect(mastodon.refuses('a'.repeat(500))).toBeNull();
    expect(mastodon.refuses('a'.repeat(501))).toBe(TOO_LONG);
    expect(mastodon.refuses(' \n ')).toBe('the text is empty');
  });

  it.each([
    ['a family', '👨‍👩‍👧‍👦', 1],
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
  ])('of %s', (_what, piece, counted) => {
    expect(isTaken(withRoomFor(piece, counted))).toBe(true);
    expect(isTaken(`a${withRoomFor(piece, counted)}`)).toBe(false);
  });

  it('are counted in no time in a text that is far too long', () => {
    for (const piece of ['a', '👨‍👩‍👧‍👦', '@', '@a', 'https://', 'http://a.', '@a@', '(((('])
      expect(isTaken(piece.repeat(200_000))).toBe(false);
  });
});

describe('a post', () => {
  it('that has room goes whole, with its link', () => {
    expect(mastodon.fit!(words({}))).toEqual({
      text: `A clock.\n\nMade with AI.\n\n#clocks #brass\n\n${PAGE}`,
      left: [],
    });
  });

  it('that is too long loses what matters least, never the link', () => {
    const { text, left } = mastodon.fit!(words({ caption: 'a clock '.repeat(200) }));
    expect(text).toMatch(/ a( clock)?…\n\nhttps:\/\/desk\.example\/@ashtalksai\/posts\/UpkTZ26nc9Eb$/);
    expect(isTaken(text)).toBe(true);
    expect(left).toEqual(['the end of the caption', 'the disclosure', 'the hashtags']);
  });

  it('uses what a long link leaves', () => {
    const link = `https://desk.example/${'a-long-path/'.repeat(20)}`;
    const caption = `${'a'.repeat(470)}.`;
    expect(mastodon.fit!(words({ caption, hashtags: [], disclosure: null, link })).left).toEqual([]);
  });

  it('is taken, whatever its words are', () => {
    for (const piece of ['word ', '👨‍👩‍👧‍👦 ', 'https://a.example/b ', '@ash@social.example ', 'no-space'])
      for (const times of [1, 20, 100, 400])
        expect(isTaken(mastodon.fit!(words({ caption: piece.repeat(times) })).text)).toBe(true);
  });
});
