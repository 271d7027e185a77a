import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-address.js';

describe('public', () => {
  const edges = ['172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0'];
  const six = ['2606:4700:4700::1111', '2a00:1450:4001:80b::200e', '::ffff:1.1.1.1', '64:ff9b::1.1.1.1'];
  it.each(['93.184.216.34', '1.1.1.1', ...edges, ...six])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('not public', () => {
  it.each([
    ['this machine', ['127.0.0.1', '127.255.255.254', '::1', '0.0.0.0', '0.1.2.3', '::']],
    ['a private network', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', 'fc00::1', 'fd12::1']],
    ["a carrier's", ['100.64.0.1', '100.127.255.255']],
    ['the link', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'febf::1']],
    ['a group', ['224.0.0.1', '239.255.255.255', 'ff02::1', '255.255.255.255']],
    ['kept back', ['240.0.0.1', '192.0.0.1', '4000::1', '::7f00:1', 'fec0::1', '5f00::1']],
    ['for documents and tests', ['192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '2001:db8::1']],
    ['IPv4 in IPv6', ['::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '::ffff:10.0.0.1', '::127.0.0.1']],
    ['behind NAT64', ['64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b:1::1.1.1.1', '::ffff:0:127.0.0.1']],
    ['IPv4 in a tunnel', ['2002:7f00:1::', '2002:a00:1::', '2001:0:5ef5:79fd::1', '2001::1']],
    ['IPv4 spelled oddly', ['0x7f000001', '2130706433', '0177.0.0.1', '127.1', '0x7f.1', '10.1']],
    ['no address', ['', 'localhost', '1.2.3.4.5', '1.2.3.256', '::1::', 'a.b']],
  ])('%s', (_what, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  it('in IPv6 whatever is not in IPv4', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublicAddress(address));
        expect(isPublicAddress(`64:ff9b::${address}`)).toBe(isPublicAddress(address));
      }),
    );
  });
});
