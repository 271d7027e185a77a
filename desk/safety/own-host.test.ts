import { describe, expect, it } from 'vitest';
import { isOwnHost } from './own-host.js';

const addresses = ['https://desk.example', 'http://[fd00::7]:8300'];

describe('isOwnHost', () => {
  it.each([
    ['127.0.0.1:8300', true],
    ['localhost:8300', true],
    ['LOCALHOST', true],
    ['[::1]:8300', true],
    ['desk.example', true],
    ['Desk.Example:8443', true],
    ['[fd00::7]:8300', true],
    ['evil.example', false],
    ['desk.example.evil.example', false],
    ['evil-desk.example', false],
    ['127.0.0.1.nip.io', false],
    ['127.0.0.1:8300.evil.example', false],
    ['evil.example@127.0.0.1', false],
    ['127.0.0.1 evil.example', false],
    ['evil.localhost', false],
    ['0.0.0.0:8300', false],
    ['', false],
    [undefined, false],
  ])("takes '%s' for our own: %s", (host, expected) => expect(isOwnHost(host, addresses)).toBe(expected));
});
