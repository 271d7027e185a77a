import { expect, it } from 'vitest';
import { networksSetting } from '../../config/setting-values.js';
import { nameVisitor, visitorOf } from './visitor.js';

const networks = (text: string) => networksSetting('COPYDESK_TRUSTED_PROXIES', text);
const PROXIES = networks('10.0.0.0/8, fd00::/8 192.0.2.1');

it.each([
  ['nobody is trusted', '10.0.0.1', '203.0.113.7', [], '10.0.0.1'],
  ['a stranger names another', '203.0.113.9', '198.51.100.1', PROXIES, '203.0.113.9'],
  ['a proxy names who asked it', '10.0.0.1', '203.0.113.7', PROXIES, '203.0.113.7'],
  ['a proxy behind a proxy', '10.0.0.1', '203.0.113.7, 10.2.2.2', PROXIES, '203.0.113.7'],
  ['who asks has written a first hop', '10.0.0.1', '1.1.1.1, 203.0.113.7', PROXIES, '203.0.113.7'],
  ['IPv4 in IPv6', '::ffff:10.0.0.1', '203.0.113.7', PROXIES, '203.0.113.7'],
  ['IPv6', 'fd00::1', '2001:db8::7', PROXIES, '2001:db8:0:0::/64'],
  ['a proxy says nothing', '192.0.2.1', undefined, PROXIES, '192.0.2.1'],
  ['a hop is no address', '10.0.0.1', '203.0.113.7, unknown', PROXIES, '10.0.0.1'],
  ['all of it are proxies', '10.0.0.1', '10.3.3.3', PROXIES, '10.0.0.1'],
  ['there is no socket', undefined, '203.0.113.7', PROXIES, 'an unknown address'],
])('tells who sent a request: %s', (_case, remoteAddress, forwarded, proxies, expected) => {
  const sent = { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } };
  expect(visitorOf(sent, proxies)).toBe(expected);
});

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:10.0.0.7', '10.0.0.7'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  [undefined, 'an unknown address'],
])('%s is the visitor %s', (address, visitor) => expect(nameVisitor(address)).toBe(visitor));

it.each(['10.0.0.300', '10.0.0.0/40', 'proxy.example.com'])('refuses %s as a network', (part) => {
  const line = `COPYDESK_TRUSTED_PROXIES='${part}' is not an address or network such as 10.0.0.5 or 10.0.0.0/16`;
  expect(() => networks(`127.0.0.1, ${part}`)).toThrow(line);
});
