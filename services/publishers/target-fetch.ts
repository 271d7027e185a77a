import { lookup } from 'node:dns';
import { Agent, fetch } from 'undici';
import type { Fetch } from '../http-fetch.js';
import { atMost, publicLookup, refusalIn, refuseAddress } from '../public-fetch.js';

const CONNECT_MS = 10_000;
/** The longest pause before the headers and between two parts of a body; a server may think about a large upload. */
const IDLE_MS = 60_000;
/** How long one request may take in all: a clip over a slow line. */
const WITHIN_MS = 600_000;
/** Of an answer, in bytes: targets answer with short documents. */
const MOST_BYTES = 5_000_000;

interface TargetFetchOptions {
  /** Whether http and addresses that are not public may be asked too. */
  readonly allowPrivate: boolean;
  /** As `dns.lookup`, which it is when left out. */
  readonly resolve?: typeof lookup;
}

/**
 * The `fetch` of a client that speaks to a target, whose address came from an account file or from the target itself: public
 * addresses only, checked where the socket takes them. No redirect is followed, and an answer is read whole before it is given
 * on, so whatever fails of it fails here.
 *
 * @throws FetchRefused for an address that may not be asked and an answer that is too large; else what undici throws
 */
export function createTargetFetch({ allowPrivate, resolve = lookup }: TargetFetchOptions): Fetch {
  const look = allowPrivate ? {} : { lookup: publicLookup(resolve) };
  const dispatcher = new Agent({
    headersTimeout: IDLE_MS,
    bodyTimeout: IDLE_MS,
    connect: { timeout: CONNECT_MS, ...look },
  });

  async function ask(request: Request, body: Uint8Array | null): Promise<Response> {
    const { url, method, headers } = request;
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(WITHIN_MS)]);
    const response = await fetch(url, {
      method,
      headers: [...headers],
      body,
      signal,
      dispatcher,
      redirect: 'manual',
    });
    const pieces: Uint8Array[] = [];
    for await (const piece of atMost(MOST_BYTES, response)) pieces.push(piece);
    const { status, statusText } = response;
    const answer = pieces.length === 0 ? null : Buffer.concat(pieces);
    return new Response(answer, { status, statusText, headers: [...response.headers] });
  }

  return async function targetFetch(input, init) {
    const request = new Request(input, init);
    refuseAddress(new URL(request.url), { mayBeAnywhere: allowPrivate, plain: false });
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    try {
      return await ask(request, body);
    } catch (error) {
      throw refusalIn(error) ?? error;
    }
  };
}
