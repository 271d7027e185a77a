import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonBytes } from '../json-bytes.js';
import { shorten, textLimits } from './text-limits.js';

const bytes = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

describe('shorten', () => {
  it('leaves a text that fits as it is', () => {
    expect(shorten('Mud is a schedule', 17)).toBe('Mud is a schedule');
    expect(shorten('日本', 6)).toBe('日本');
  });

  it('takes what is too much from the middle, and cuts no character', () => {
    expect(shorten('abcdefghijklmnopqrstuvwxyz', 12)).toBe('abcdef…xyz');
    expect(shorten('日本語の題名', 12)).toBe('日本…名');
    expect(shorten('🦆🦆🦆🦆', 12)).toBe('🦆🦆…');
  });

  it('fits into its bytes whatever the text is', () => {
    const character = fc.constantFrom('a', '"', '\\', '\n', '\u0001', 'é', '猫', '🦆', '\ud800', '\udc00');
    fc.assert(
      fc.property(fc.array(character), fc.integer({ min: 3, max: 40 }), (characters, most) => {
        const text = characters.join('');
        const short = shorten(text, most);
        return bytes(short) <= most && (jsonBytes(text) > most || short === text);
      }),
    );
  });
});

describe('textLimits', () => {
  it('gives each post of a small batch all its words, and one of 2,000 its share', () => {
    expect(textLimits(1)).toEqual(textLimits(100));
    expect(textLimits(100).message).toBe(3_000);
    expect(textLimits(2_000)).toEqual({ title: 200, type: 50, message: 150, requestId: 40 });
  });
});
