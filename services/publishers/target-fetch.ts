import type { lookup } from 'node:dns';
import type { Fetch } from '../http-fetch.js';
import { createPublicFetch } from '../public-fetch.js';

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
export function createTargetFetch({ allowPrivate, resolve }: TargetFetchOptions): Fetch {
  const publicFetch = createPublicFetch({ allowPrivate, resolve, idleMs: IDLE_MS });
  return async function targetFetch(input, init) {
    const request = new Request(input, init);
    const { url, method, headers, signal } = request;
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    const asked = { method, headers: Object.fromEntries(headers), body, signal, follow: false };
    return publicFetch(url, { ...asked, most: MOST_BYTES, within: WITHIN_MS }, async (answer) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of answer.body) pieces.push(piece);
      const { status, statusText, headers } = answer;
      const whole = pieces.length === 0 ? null : Buffer.concat(pieces);
      return new Response(whole, { status, statusText, headers: [...headers] });
    });
  };
}
