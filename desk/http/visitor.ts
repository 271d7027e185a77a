import type { IncomingMessage } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import ipaddr from 'ipaddr.js';
import type { Networks } from '../../config/setting-values.js';

declare module 'hono' {
  interface ContextVariableMap {
    visitor: string;
  }
}

/** As far as a request tells who sent it. */
type Sent = Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string } };

/** More hops than any chain of proxies has; a longer list was made up. */
const MOST_HOPS = 20;

/** Tells each route behind it who asks. */
export const knowVisitor = (proxies: Networks): MiddlewareHandler =>
  async function knowVisitor(c, next) {
    const incoming = incomingOf(c);
    if (incoming) c.set('visitor', visitorOf(incoming, proxies));
    return next();
  };

/** Who asks, by their address. */
export const findVisitor = (c: Context): string =>
  c.get('visitor') ?? nameVisitor(incomingOf(c)?.socket.remoteAddress);

const incomingOf = (c: Context): IncomingMessage | undefined =>
  (c.env as { incoming?: IncomingMessage } | undefined)?.incoming;

/** Who sent a request, by their address. */
export const visitorOf = (request: Sent, proxies: Networks): string =>
  nameVisitor(clientAddress(request, proxies));

/** One visitor has one IPv4 address, or the 2^64 IPv6 addresses of a network. @param address undefined where there is no socket */
export function nameVisitor(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'an unknown address';
  const known = ipaddr.process(address);
  if (known.kind() === 'ipv4') return known.toString();
  return `${(known as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

/**
 * The address of who sent a request: that of the connection, or, where it is a trusted proxy's, the last of `X-Forwarded-For` that
 * is none. What stands before that anybody may have written.
 */
function clientAddress({ headers, socket }: Sent, proxies: Networks): string | undefined {
  const near = socket.remoteAddress;
  if (near === undefined || !isIn(near, proxies)) return near;
  const hops = String(headers['x-forwarded-for'] ?? '').split(',');
  for (const hop of hops.slice(-MOST_HOPS).toReversed()) {
    const address = hop.trim();
    if (!ipaddr.isValid(address)) return near;
    if (!isIn(address, proxies)) return address;
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
