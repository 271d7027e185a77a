import { expect, it } from 'vitest';
import { isSameOrigin } from './origin.js';

const OWN = 'http://127.0.0.1:8300';

it.each([
  [OWN, 'same-origin', true],
  [OWN, undefined, true],
  [undefined, undefined, true],
  ['https://evil.example', undefined, false],
  ['null', 'cross-site', false],
  [undefined, 'same-site', false],
  ['http://127.0.0.1:9999', 'same-site', false],
])('from %s, which is %s: %s', (origin, fetchSite, expected) =>
  expect(isSameOrigin({ origin, fetchSite }, [OWN])).toBe(expected),
);
