import { expect, it } from 'vitest';
import { shown, shownJson } from './shown.js';

it.each([
  ['two\r\nlines', 'two lines'],
  ['\u001b[2J\u001b]0;title\u0007 gone', ' [2J ]0;title  gone'],
  ['\u009b31mred\u009c', ' 31mred '],
  ['a\u0000\u0008\u007fb', 'a b'],
  ['a\u2028b\u2029c\u0085d\u000be', 'a b c d e'],
  ['cod\u202efdp.exe\u202c', 'codfdp.exe'],
  ['\u2066a\u2069\u2067b\u2068c\u200e\u200f\u061c', 'abc'],
  ['ze\u200bro\u200d\u200c\ufeff\u2060\u00ad', 'zero'],
  ['tag\u{e0041}\u{e007f}s', 'tags'],
  ['half \ud83d and \udc00', 'half � and �'],
  ['Zażółć 🦆 شكرا  <b>', 'Zażółć 🦆 شكرا  <b>'],
])('what is shown of %j is %j', (text, line) => {
  expect(shown(text)).toBe(line);
});

// With the square of its length it would take minutes.
it('what is shown of a long text is there before anybody notices', () => {
  const started = performance.now();
  for (const part of ['\n', '\u202e', '\u001b[', 'a\n']) shown(part.repeat(200_000));
  expect(performance.now() - started).toBeLessThan(10_000);
});

it('JSON means the same, and holds nothing that a terminal obeys', () => {
  const value = 'a\u001b[2J\u009b31m\u202e\u2066\u200b\u2028\u007f\ud83d\u{e0041}🦆\n"\\';
  const document = { ['k\u202e\u009b']: value };
  const json = shownJson(JSON.stringify(document));
  expect(JSON.parse(json)).toEqual(document);
  expect(json).toBe(shown(json));
});
