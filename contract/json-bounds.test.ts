import { describe, expect, it } from 'vitest';
import { jsonExcess } from './json-bounds.js';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const bounds = { depth: 3, values: 10 };

describe('jsonExcess', () => {
  it.each([
    '1',
    '{}',
    nested(3),
    '[1,2,3,4,5,6,7]',
    '[[1],[2]]',
    '"[[[[["',
    '{"a\\"[[[[":"\\\\"}',
    '',
    'no JSON',
  ])('has nothing against %s', (text) => expect(jsonExcess(text, bounds)).toBeNull());

  it.each([nested(4), '{"a":{"b":{"c":{}}}}', '["\\\\",[[[', `${nested(1)}${nested(20_000)}`])(
    'finds what is too deep in %s',
    (text) => expect(jsonExcess(text, bounds)).toBe('it is nested more than 3 deep'),
  );

  it.each(['[1,2,3,4,5,6,7,8,9,10]', '[{},{},{},{},{},{}]'])('finds what holds too much in %s', (text) =>
    expect(jsonExcess(text, bounds)).toBe('it holds more than 10 values'),
  );
});
