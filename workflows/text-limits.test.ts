import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonBytes, shorten, textLimits } from './text-limits.js';

const bytes = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

it.each([
  ['Mud is a schedule', 17, 'Mud is a schedule'],
  ['日本', 6, '日本'],
  ['abcdefghijklmnopqrstuvwxyz', 12, 'abcdef…xyz'],
  ['日本語の題名', 12, '日本…名'],
  ['🦆🦆🦆🦆', 12, '🦆🦆…'],
])('%s in %d bytes is %s: what is too much goes from the middle, by whole characters', (text, most, short) =>
  expect(shorten(text, most)).toBe(short),
);

it('a shortened text fits into its bytes whatever it is, and no text takes more than it is counted for', () => {
  const character = fc.constantFrom(...'a"\\\n\u0000\u0001é猫🦆', '\ud800', '\udc00');
  fc.assert(
    fc.property(fc.array(character), fc.integer({ min: 3, max: 40 }), (characters, most) => {
      const text = characters.join('');
      const short = shorten(text, most);
      const counted = jsonBytes(text);
      return bytes(text) <= counted && bytes(short) <= most && (counted > most || short === text);
    }),
  );
});

it('each post of a small batch keeps all its words, and one of 2,000 its share', () => {
  expect(textLimits(1)).toEqual(textLimits(100));
  expect(textLimits(100).message).toBe(3_000);
  expect(textLimits(2_000)).toEqual({ title: 200, type: 50, message: 150, requestId: 40 });
});
