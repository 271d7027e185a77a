import { request as overHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as overHttps } from 'node:https';
import { Readable } from 'node:stream';

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
