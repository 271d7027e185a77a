import ipaddr from 'ipaddr.js';

/** What of IPv6 is given to the internet at large (RFC 4291, section 2.4). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** An IPv4 address stands in their last 32 bits: the mapped ones, and NAT64's well-known prefix (RFC 6052). */
const HOLD_IPV4 = ['::ffff:0:0/96', '64:ff9b::/96'].map((range) => ipaddr.IPv6.parseCIDR(range));

/**
 * Whether an IP address is one of the internet's: not of this machine, this network, a carrier's, a test's or a group's.
 * What is no IP address is not.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast';
  if (HOLD_IPV4.some((range) => parsed.match(range)))
    return isPublicAddress(ipaddr.fromByteArray(parsed.toByteArray().slice(12)).toString());
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST);
}
