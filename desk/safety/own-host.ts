const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
const LONGEST_SHOWN = 100;
const HOST = /^(\[[\da-f:]+\]|[a-z\d._-]+)(?::\d{1,5})?$/i;

/**
 * Whether a request came under a name that is ours: that of the loopback, or of an address at which we are known to be
 * reached. A page whose own name was bound to this machine sends its own name. Ports don't tell such a page from ours,
 * and tunnels change them, so they are not looked at.
 *
 * @param host the `Host` header; undefined where there is none.
 * @param addresses http and https addresses.
 */
export function isOwnHost(host: string | undefined, addresses: readonly string[]): boolean {
  const name = HOST.exec(host ?? '')?.[1]?.toLowerCase();
  if (name === undefined) return false;
  return LOOPBACK.includes(name) || addresses.some((address) => new URL(address).hostname === name);
}

/** A `Host` header as a message may repeat it. */
export const shownHost = (host: string | undefined): string =>
  (host ?? '').replace(/[^!-~]/g, '').slice(0, LONGEST_SHOWN);
