import { expect, it } from 'vitest';
import { countText } from './count-text.js';
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
const within = (most: number, change: Partial<Words> = {}) =>
  fitText({ ...WORDS, ...change }, (text) => text.length <= most);
const bare = { hashtags: [], disclosure: null };

it.each([
  [500, 'One two three, four five.\n\nMade with AI.\n\n#clocks #harbour #brass', []],
  [70, 'One two three, four five.\n\nMade with AI.\n\n#clocks', ['the last 2 of 3 hashtags']],
  [50, 'One two three, four five.', ['the disclosure', 'the hashtags']],
  // At the end of a word.
  [40, 'One two three…', ['the end of the caption', 'the disclosure', 'the hashtags']],
])('in %d characters it leaves out what matters least and says so, never the link', (most, text, left) => {
  expect(within(most)).toEqual({ text: `${text}\n\nhttps://a.example/p`, left });
});

it('is within the limit for every limit from the link on', () => {
  for (let most = WORDS.link.length; most < 120; most += 1)
    expect(within(most).text.length).toBeLessThanOrEqual(most);
});

it('shortens at the end of a word where no space parts them', () => {
  const caption = '港の時計は毎日七分遅れている。船長だけが知っている。';
  const { text } = within(36, { ...bare, caption });
  expect(text).toBe('港の時計は毎日七分遅れている…\n\nhttps://a.example/p');
});

it('keeps what belongs together: an apostrophe, a hyphen, a number, a family', () => {
  const caption = "It's well-known: 3.5 kg 👨‍👩‍👧‍👦 don't float";
  const texts = Array.from({ length: 80 }, (_, more) => {
    const { text } = within(WORDS.link.length + more, { ...bare, caption });
    return text.replace(/(^|\n\n)https.*/, '');
  });
  expect([...new Set(texts)]).toEqual([
    ...['', "It's…", "It's well-known…", "It's well-known: 3.5…", "It's well-known: 3.5 kg…"],
    ...["It's well-known: 3.5 kg 👨‍👩‍👧‍👦…", "It's well-known: 3.5 kg 👨‍👩‍👧‍👦 don't…", caption],
  ]);
});

it('leaves out a caption that is one endless word, and says so', () => {
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
