import { expect, it } from 'vitest';
import { formatUsd, parseUsd, toUsd } from './nano.js';

it.each([
  [0, '$0.00'],
  [60_000_000, '$0.06'],
  [10_000_000, '$0.01'],
  [9_999_999, '$0.0100'],
  [4_200_000, '$0.0042'],
  [49_999, '<$0.0001'],
  [50_000, '$0.0001'],
  [1_005_000_000, '$1.01'],
  [12_345_000_000, '$12.35'],
])('%d nano-USD reads %s', (nano, text) => expect(formatUsd(nano)).toBe(text));

it.each<[text: string, nano: number | null]>([
  ['5', 5_000_000_000],
  ['0.5', 500_000_000],
  ['0.000000001', 1],
  ['1000000', 1_000_000_000_000_000],
  ...['', '-1', '$5', '1e3', '0.0000000001', '1000001', 'NaN', '1,5', '.5'].map(
    (text) => [text, null] as [string, null],
  ),
])('%j is %s nano-USD', (text, nano) => expect(parseUsd(text)).toBe(nano));

it('carries nano-USD as exact JSON numbers', () => {
  expect(JSON.stringify([60_000_000, 669_600, 1].map(toUsd))).toBe('[0.06,0.0006696,1e-9]');
});
