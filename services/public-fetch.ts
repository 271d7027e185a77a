import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, fetch, type Response } from 'undici';
import { isPublicAddress } from './public-address.js';

const CONNECT_MS = 10_000;
/** The longest pause before the headers and between two parts of a body, unless told otherwise. */
const IDLE_MS = 30_000;
const MOST_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

export interface PublicRequest {
  /** GET when left out. */
  readonly method?: string;
  /** Whether redirects are followed; of a GET alone when left out. */
  readonly follow?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | null;
  /** Bytes of the answer's body, unpacked, after which it is given up. */
  readonly most: number;
  /** How long it may take in all, in ms: every redirect, and the body. */
  readonly within: number;
  /** Whether http will do, at public addresses; https alone when left out. */
  readonly plain?: boolean;
  /** Origins that are trusted wherever they are, such as the base URL of a provider. */
  readonly trusted?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface PublicAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Where it came from, after every redirect. */
  readonly url: string;
  readonly headers: Pick<Headers, 'get'> & Iterable<[string, string]>;
  /** Throws FetchRefused once it is too large. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Asks a server whose address came from outside, and reads its answer by `read`, after which nothing of it is left open.
 *
 * @throws FetchRefused: the same request would be refused again. The reason of the signal. Else what undici's fetch throws
 */
export type PublicFetch = <T>(
  url: string,
  request: PublicRequest,
  read: (answer: PublicAnswer) => Promise<T>,
) => Promise<T>;

/** An address that may not be asked, or an answer that is too large, too slow or leads nowhere. One line. */
export class FetchRefused extends Error {
  override name = 'FetchRefused' as const;
  /** It is the address that is refused, before anything was sent there. */
  readonly ofAddress: boolean;
  constructor(message: string, { ofAddress = false, cause }: { ofAddress?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.ofAddress = ofAddress;
  }
}

const refusedAddress = (message: string): FetchRefused => new FetchRefused(message, { ofAddress: true });

interface PublicFetchOptions {
  /** Whether http and addresses that are not public may be asked too. */
  readonly allowPrivate: boolean;
  /** As `dns.lookup`, which it is when left out. */
  readonly resolve?: typeof lookup;
  readonly idleMs?: number;
}

/**
 * A fetch that asks public addresses only, and by https where the request doesn't say that http will do. A host's addresses are checked where the socket takes them, so a name that
 * means another address a moment later gains nothing; each redirect is checked in the same way.
 */
export function createPublicFetch({
  allowPrivate,
  resolve = lookup,
  idleMs = IDLE_MS,
}: PublicFetchOptions): PublicFetch {
  const times = { headersTimeout: idleMs, bodyTimeout: idleMs };
  const anywhere = new Agent({ ...times, connect: { timeout: CONNECT_MS } });
  const publicOnly = new Agent({ ...times, connect: { timeout: CONNECT_MS, lookup: publicLookup(resolve) } });

  return async function publicFetch(url, request, read) {
    const { method = 'GET', follow = method === 'GET', headers, body, signal } = request;
    const { most, within, plain = false, trusted = [] } = request;
    const ended = new AbortController();
    const late = setTimeout(
      () => ended.abort(new FetchRefused(`the answer is not whole after ${within / 1_000} s`)),
      within,
    );
    const leave = (): void => ended.abort(signal?.reason);
    signal?.addEventListener('abort', leave);
    if (signal?.aborted) leave();

    async function ask(address: URL): Promise<Response> {
      const mayBeAnywhere = allowPrivate || trusted.includes(address.origin);
      refuseAddress(address, { mayBeAnywhere, plain });
      const dispatcher = mayBeAnywhere ? anywhere : publicOnly;
      return fetch(address, {
        method,
        headers,
        body,
        dispatcher,
        redirect: 'manual',
        signal: ended.signal,
      });
    }

    try {
      let at = parsed(url);
      for (let redirects = 0; ; redirects += 1) {
        const response = await ask(at);
        const next = follow ? redirectOf(response) : null;
        if (next === null) {
          const { status, statusText, headers: told } = response;
          return await read({
            status,
            statusText,
            url: at.href,
            headers: told,
            body: atMost(most, response),
          });
        }
        await response.body?.cancel();
        if (redirects === MOST_REDIRECTS) throw new FetchRefused(`more than ${MOST_REDIRECTS} redirects`);
        at = parsed(next, at);
      }
    } catch (error) {
      throw refusalIn(error) ?? error;
    } finally {
      clearTimeout(late);
      signal?.removeEventListener('abort', leave);
      // What was not read of the answer is not waited for.
      ended.abort();
    }
  };
}

function parsed(url: string, base?: URL): URL {
  if (!URL.canParse(url, base?.href)) throw refusedAddress('it is not an address');
  return new URL(url, base?.href);
}

/** An address that is a number never reaches the look-up of names. @throws FetchRefused */
function refuseAddress(
  address: URL,
  { mayBeAnywhere, plain }: { readonly mayBeAnywhere: boolean; readonly plain: boolean },
): void {
  const { protocol, username, password, hostname } = address;
  if (username || password) throw refusedAddress('the address holds a user name or a password');
  if (mayBeAnywhere && protocol === 'http:') return;
  const origin = `${protocol}//${address.host}`;
  if (protocol !== 'https:' && !plain) throw refusedAddress(`${origin} is not https${REMEDY}`);
  if (protocol !== 'https:' && protocol !== 'http:')
    throw refusedAddress(`${origin} is neither http nor https`);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (!mayBeAnywhere && isIP(host) && !isPublicAddress(host)) throw notPublic(host, host);
}

const REMEDY = '; COPYDESK_ALLOW_PRIVATE=1 allows it';

const notPublic = (host: string, address: string): FetchRefused =>
  refusedAddress(`${host === address ? host : `${host} (${address})`} is not a public address${REMEDY}`);

/** `dns.lookup` for a socket: a name with one address that is not public is refused as a whole. */
function publicLookup(resolve: typeof lookup): LookupFunction {
  return function lookupPublic(hostname, options, done) {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error(`${hostname} has no address`), '', 0);
      const hidden = addresses.find(({ address }) => !isPublicAddress(address));
      if (hidden) return done(notPublic(hostname, hidden.address), '', 0);
      if (options.all) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
}

const redirectOf = ({ status, headers }: Response): string | null =>
  REDIRECTS.includes(status) ? headers.get('location') : null;

/** A header may lie or be missing, and a body be packed, so the bytes are counted as they come. */
async function* atMost(most: number, { headers, body }: Response): AsyncGenerator<Uint8Array> {
  const tooLarge = new FetchRefused(`the answer is larger than ${most.toLocaleString('en-US')} bytes`);
  if (Number(headers.get('content-length') ?? 0) > most) throw tooLarge;
  let size = 0;
  for await (const chunk of body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > most) throw tooLarge;
    yield chunk as Uint8Array;
  }
}

/** A refusal within what undici makes of it. */
export function refusalIn(error: unknown): FetchRefused | null {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof FetchRefused) return at;
  return null;
}
