import type { Secrets } from './secrets.js';

/** The most of an error's body that is read, in bytes: its words stand at the start. */
const LONGEST_ERROR = 64 * 1_024;

/** The part of `fetch` that providers are asked with. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * The same `fetch`, whose answers can be quoted: of an error's body only the start is read, and neither it nor any header holds a
 * secret. The body of a good answer is as it came.
 */
export const guardedFetch = (inner: Fetch, { mask }: Secrets): Fetch =>
  async function guarded(input, init) {
    const answer = await inner(input, init);
    const headers = new Headers([...answer.headers].map(([name, value]) => [name, mask(value)]));
    // What it measured is not what is given on.
    if (!answer.ok) headers.delete('content-length');
    const body = answer.ok ? answer.body : mask(await startOf(answer)) || null;
    return new Response(body, { status: answer.status, statusText: mask(answer.statusText), headers });
  };

/** As much as came, where it breaks off: the status has told what matters. */
async function startOf(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    // Leaving the loop ends the connection.
    for await (const piece of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
      pieces.push(piece);
      length += piece.length;
      if (length >= LONGEST_ERROR) break;
    }
  } catch {
    // Cut off.
  }
  return new TextDecoder().decode(Buffer.concat(pieces).subarray(0, LONGEST_ERROR));
}
