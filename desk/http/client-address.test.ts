import { expect, it } from 'vitest';
import { clientAddress, parseNetworks, type Networks } from './client-address.js';

const networks = (text: string): Networks => (parseNetworks(text) as { networks: Networks }).networks;
const PROXIES = networks('10.0.0.0/8, fd00::/8 192.0.2.1');
const address = (remoteAddress: string | undefined, forwarded?: string, proxies = PROXIES) =>
  clientAddress({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } }, proxies);

it.each([
  ['nobody is trusted', '10.0.0.1', '203.0.113.7', [], '10.0.0.1'],
  ['a stranger names another', '203.0.113.9', '198.51.100.1', PROXIES, '203.0.113.9'],
  ['a proxy names who asked it', '10.0.0.1', '203.0.113.7', PROXIES, '203.0.113.7'],
  ['a proxy behind a proxy', '10.0.0.1', '203.0.113.7, 10.2.2.2', PROXIES, '203.0.113.7'],
  ['who asks has written a first hop', '10.0.0.1', '1.1.1.1, 203.0.113.7', PROXIES, '203.0.113.7'],
  ['IPv4 in IPv6', '::ffff:10.0.0.1', '203.0.113.7', PROXIES, '203.0.113.7'],
  ['IPv6', 'fd00::1', '2001:db8::7', PROXIES, '2001:db8::7'],
  ['a proxy says nothing', '192.0.2.1', undefined, PROXIES, '192.0.2.1'],
  ['a hop is no address', '10.0.0.1', '203.0.113.7, unknown', PROXIES, '10.0.0.1'],
  ['all of it are proxies', '10.0.0.1', '10.3.3.3', PROXIES, '10.0.0.1'],
  ['there is no socket', undefined, '203.0.113.7', PROXIES, undefined],
])('tells who sent a request: %s', (_case, near, forwarded, proxies, expected) => {
  expect(address(near, forwarded, proxies)).toBe(expected);
});

it.each(['10.0.0.300', '10.0.0.0/40', 'proxy.example.com'])('refuses %s as a network', (part) => {
  expect(parseNetworks(`127.0.0.1, ${part}`)).toEqual({ problem: part });
});
