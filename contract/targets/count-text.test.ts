import { expect, it } from 'vitest';
import { countText } from './count-text.js';

it('counts what people see as one character as one', () => {
  expect(countText('tide 🏴‍☠️👩🏽‍🚀é', { most: 300 })).toBe(8);
});

it('counts an address as what the target says, wherever it stands', () => {
  const text = 'See https://a.example/a/very/long/way#there and http://b.example.';
  expect(countText(text, { most: 500, address: 23 })).toBe('See '.length + 23 + ' and '.length + 23);
  expect(countText(text, { most: 500 })).toBe(text.length);
});
