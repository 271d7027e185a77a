import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

/** Addresses and networks: `10.0.0.5`, `10.0.0.0/8`, `fd00::/8`. */
export type Networks = readonly (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[];

/** As far as a request tells who sent it. */
export type Sent = Pick<IncomingMessage, 'headers'> & {
  readonly socket: { readonly remoteAddress?: string };
};

/** More hops than any chain of proxies has; a longer list was made up. */
const MOST_HOPS = 20;

/**
 * Reads `10.0.0.5, 10.1.0.0/16`.
 *
 * @returns the first part that is no address, as `problem`
 */
export function parseNetworks(text: string): { networks: Networks } | { problem: string } {
  const networks: [ipaddr.IPv4 | ipaddr.IPv6, number][] = [];
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    if (ipaddr.isValidCIDR(part)) networks.push(ipaddr.parseCIDR(part));
    else if (ipaddr.isValid(part)) {
      const address = ipaddr.process(part);
      networks.push([address, address.kind() === 'ipv4' ? 32 : 128]);
    } else return { problem: part };
  }
  return { networks };
}

/**
 * The address of who sent a request: that of the connection, or, where it is a trusted proxy's, the last of `X-Forwarded-For` that
 * is none. What stands before that anybody may have written.
 */
export function clientAddress({ headers, socket }: Sent, proxies: Networks): string | undefined {
  const near = socket.remoteAddress;
  if (near === undefined || !isIn(near, proxies)) return near;
  const forwarded = String(headers['x-forwarded-for'] ?? '');
  const hops = forwarded.split(',').slice(-MOST_HOPS);
  for (const hop of hops.toReversed().map((text) => text.trim())) {
    if (!ipaddr.isValid(hop)) return near;
    if (!isIn(hop, proxies)) return hop;
  }
  return near;
}

function isIn(text: string, networks: Networks): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  return networks.some(
    ([network, bits]) => network.kind() === address.kind() && address.match(network as ipaddr.IPv4, bits),
  );
}
