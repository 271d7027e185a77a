import { expect, it } from 'vitest';
import { jsonExcess } from './json-bounds.js';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const DEEP = 'it is nested more than 3 deep';
const MUCH = 'it holds more than 10 values';

it.each<[text: string, excess: string | null]>([
  ...[
    '1',
    '{}',
    nested(3),
    '[1,2,3,4,5,6,7]',
    '[[1],[2]]',
    '"[[[[["',
    '{"a\\"[[[[":"\\\\"}',
    '',
    'no JSON',
  ].map((text) => [text, null] as [string, null]),
  [nested(4), DEEP],
  ['{"a":{"b":{"c":{}}}}', DEEP],
  ['["\\\\",[[[', DEEP],
  [`${nested(1)}${nested(20_000)}`, DEEP],
  ['[1,2,3,4,5,6,7,8,9,10]', MUCH],
  ['[{},{},{},{},{},{}]', MUCH],
])('the excess of %s is %s', (text, excess) => {
  expect(jsonExcess(text, { depth: 3, values: 10 })).toBe(excess);
});
