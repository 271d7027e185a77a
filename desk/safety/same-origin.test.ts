import { describe, expect, it } from 'vitest';
import { isSameOrigin } from './same-origin.js';

const own = ['http://127.0.0.1:8300'];

describe('isSameOrigin', () => {
  it.each([
    [{ origin: 'http://127.0.0.1:8300', fetchSite: 'same-origin' }, true],
    [{ origin: 'http://127.0.0.1:8300', fetchSite: undefined }, true],
    [{ origin: undefined, fetchSite: undefined }, true],
    [{ origin: 'https://evil.example', fetchSite: undefined }, false],
    [{ origin: 'null', fetchSite: 'cross-site' }, false],
    [{ origin: undefined, fetchSite: 'same-site' }, false],
    [{ origin: 'http://127.0.0.1:9999', fetchSite: 'same-site' }, false],
  ])('%o: %s', (from, expected) => expect(isSameOrigin(from, own)).toBe(expected));
});
