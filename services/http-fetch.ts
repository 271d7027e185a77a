import { request as overHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as overHttps } from 'node:https';
import { Readable } from 'node:stream';
import type { Secrets } from './secrets.js';

/** As undici names it; `nothingWasSent` knows it. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Statuses whose answers have no body, and with which `Response` takes none. */
const EMPTY = [204, 205, 304];

/**
 * The part of `fetch` that paid calls need, over Node's own HTTP. The built-in one gives up after 300 s without headers, whatever
 * the caller's patience, and may send on a connection that the server has just closed: whether that was paid can't be known.
 */
export async function httpFetch(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const target = new URL(url instanceof Request ? url.url : url);
  const { method = 'GET', signal } = init;
  const options: RequestOptions = {
    method,
    // One connection a call: an answer takes seconds, and a kept one may be dead.
    agent: false,
    headers: Object.fromEntries(new Headers(init.headers)),
    ...(signal && { signal }),
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = (target.protocol === 'https:' ? overHttps : overHttp)(target, options, resolve);
    const giveUp = setTimeout(() => outgoing.destroy(new ConnectTimeout(target.host)), CONNECT_TIMEOUT_MS);
    const connected = target.protocol === 'https:' ? 'secureConnect' : 'connect';
    outgoing.on('socket', (socket) => socket.once(connected, () => clearTimeout(giveUp)));
    outgoing.on('close', () => clearTimeout(giveUp));
    outgoing.on('error', reject);
    outgoing.end(typeof init.body === 'string' ? init.body : undefined);
  });
  const headers = new Headers();
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    headers.append(String(answer.rawHeaders[at]), String(answer.rawHeaders[at + 1]));
  }
  const status = answer.statusCode ?? 500;
  if (EMPTY.includes(status)) answer.resume();
  const body = EMPTY.includes(status) ? null : (Readable.toWeb(answer) as ReadableStream);
  return new Response(body, { status, statusText: answer.statusMessage ?? '', headers });
}

class ConnectTimeout extends Error {
  override name = 'ConnectTimeout' as const;
  readonly code = 'UND_ERR_CONNECT_TIMEOUT';
  constructor(host: string) {
    super(`no connection to ${host} within ${CONNECT_TIMEOUT_MS / 1_000} s`);
  }
}

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
