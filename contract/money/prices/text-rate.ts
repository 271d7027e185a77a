import type { TextPrice } from './table.js';

/** What the tokens of a whole server cost, whichever of its models answers. US dollars per million, as decimals. */
export interface TextRate extends Omit<TextPrice, 'asOf' | 'source' | 'tiers'> {
  /** As the charges name it. */
  readonly words: string;
}

const rate = (input: string, output: string, words: string): TextRate => ({
  input,
  cached: input,
  cacheWrite: null,
  cacheWrite12h: null,
  output,
  longContext: false,
  words,
});

/** A server on one's own machine or network is paid for by nobody, call by call. */
export const OWN_SERVER: TextRate = rate('0', '0', "0 USD, a server of one's own");

const USD = String.raw`\d{1,5}(?:\.\d{1,9})?`;
const IN_AND_OUT = new RegExp(`^(${USD})\\s*/\\s*(${USD})$`);

/** Reads `0.15/0.60`: input and output in US dollars per million tokens. @returns null for anything else */
export function parseTextRate(value: string): TextRate | null {
  const [, input, output] = IN_AND_OUT.exec(value) ?? [];
  if (input === undefined || output === undefined) return null;
  return rate(input, output, `${input} in, ${output} out USD per million tokens (OPENAI_PRICE)`);
}

/** Names that are only ever given on one's own network; a name without a dot is one of a container or a machine near by. */
const OWN_NAMES = /^[^.:]+$|\.(?:local|localhost|internal|lan|home\.arpa)$/;
/** 127/8, 10/8, 172.16/12, 192.168/16, and 169.254/16, which is not routed. */
const OWN_IPV4 = /^(?:127|10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./;
/** ::1, fc00::/7, fe80::/10 and an IPv4 address of the above in IPv6. */
const OWN_IPV6 = /^\[(?:::1|f[cd][\da-f]{2}:.*|fe[89ab][\da-f]:.*)\]$/;
const MAPPED_IPV4 = /^\[::ffff:([\da-f]{1,4}):([\da-f]{1,4})\]$/;

/** Whether an address is on this machine or a private network. Decided by the name alone, nothing is looked up. */
export function isOwnServer(baseUrl: string): boolean {
  const name = new URL(baseUrl).hostname.toLowerCase().replace(/\.$/, '');
  const [, high, low] = MAPPED_IPV4.exec(name) ?? [];
  const mapped = high !== undefined && low !== undefined ? ipv4Of(high, low) : null;
  return OWN_NAMES.test(name) || OWN_IPV4.test(mapped ?? (isIpv4(name) ? name : '')) || OWN_IPV6.test(name);
}

const isIpv4 = (name: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(name);

function ipv4Of(high: string, low: string): string {
  const [a, b] = [parseInt(high, 16), parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join('.');
}
