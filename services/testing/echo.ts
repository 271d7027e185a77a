import { createServer, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../../test/loopback.js';

/** Keys that look like none of a known provider, with signs that each escaping changes. */
export const ODD_KEY = 'Zq9!k_X-4v/T2+mL7&wP=b~House';
export const ODD_FAL_KEY = 'studio-7/Kite+Lark:Vq3%rT8&nB5/xW1?yH6';

export interface Echo {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const error = (facts: object): string => JSON.stringify({ error: facts });

/** The ways in which a server repeats the header `authorization` that it was sent. */
export const ECHOES: Readonly<Record<string, (key: string, header: string) => Echo>> = {
  'in quotes': (key) => ({ status: 401, body: error({ message: `Incorrect key "${key}", '${key}'` }) }),
  'as the code': (key) => ({ status: 401, body: error({ message: 'wrong', code: key, type: key }) }),
  'in fal words': (key) => ({ status: 401, body: JSON.stringify({ detail: `no user for ${key}` }) }),
  'as a fal type': (key) => ({
    status: 401,
    body: JSON.stringify({ detail: [{ msg: key, type: key }], error_type: key }),
  }),
  'as the request id': (key) => ({
    status: 401,
    headers: { 'x-request-id': key, 'x-fal-request-id': key },
    body: error({ message: 'wrong' }),
  }),
  'as base64': (_key, header) => ({ status: 401, body: error({ message: `sent ${base64(header)}` }) }),
  'as base64 in a longer text': (_key, header) => ({
    status: 401,
    headers: { 'x-request-id': base64(`id=${header}`) },
    body: error({ message: Buffer.from(`{"authorization":"${header}"}`).toString('base64url') }),
  }),
  'as Basic': (key) => ({ status: 401, body: `denied: Basic ${base64(`user:${key}`)}` }),
  'in an address': (key) => ({ status: 401, body: `GET /v1?k=${encodeURIComponent(key)} is denied` }),
  'in an address of an address': (key) => ({
    status: 401,
    body: `see /login?to=${encodeURIComponent(`/v1?k=${encodeURIComponent(key)}`)}`,
  }),
  'as hex': (key) => ({ status: 401, body: `no such key ${Buffer.from(key).toString('hex')}` }),
  'as JSON in a string': (key) => ({ status: 401, body: error({ message: JSON.stringify({ k: key }) }) }),
  'in escapes': (key) => ({
    status: 401,
    body: `<h1>${[...key].map((one) => `&#${one.charCodeAt(0)};`).join('')}</h1>`,
  }),
  'as a title': (key) => ({ status: 401, body: `<html><title>401 ${key}</title></html>` }),
  'in capitals': (key) => ({ status: 401, body: error({ message: `KEY ${key.toUpperCase()} IS WRONG` }) }),
  'cut off': (key) => ({ status: 401, body: error({ message: `wrong key ${key.slice(0, 13)}…` }) }),
  'cut by our own limit': (key) => ({ status: 401, body: `${'x'.repeat(185)}${key}` }),
  'in parts over the fields': (key) => ({
    status: 401,
    headers: { 'x-request-id': key.slice(0, 14) },
    body: error({ message: `begins with ${key.slice(0, 14)}`, code: key.slice(14), type: key.slice(7, 21) }),
  }),
  'after a page': (key) => ({ status: 403, body: `${'<p>'.repeat(200_000)}${key}` }),
  'in a page that is no JSON': (key) => ({ status: 200, body: `<pre>${key}</pre>` }),
  'in an answer': (key, header) => ({
    status: 200,
    headers: { 'x-request-id': base64(header) },
    body: JSON.stringify({
      ...{ id: key, model: key, service_tier: key, request_id: key, status: 'COMPLETED', error: key },
      ...{ output: [{ type: 'message', content: [{ type: 'output_text', text: `you sent ${key}` }] }] },
    }),
  }),
};

export interface EchoServer {
  readonly url: string;
  /** How it repeats what it is sent from now on. */
  echo: string;
  close(): Promise<void>;
}

/** A server that answers every call with what it was sent as `authorization`. */
export async function startEcho(): Promise<EchoServer> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => answer(incoming.headers.authorization ?? '', outgoing));
  });
  const answer = (header: string, outgoing: ServerResponse): void => {
    const key = header.replace(/^\w+ /, '');
    const { status, headers = {}, body } = ECHOES[echoing.echo]!(key, header);
    outgoing.writeHead(status, {
      'content-type': body.startsWith('{') ? 'application/json' : 'text/html',
      ...headers,
    });
    outgoing.end(body);
  };
  const { url, close } = await listenOnLoopback(server);
  const echoing: EchoServer = {
    url,
    echo: 'in quotes',
    close,
  };
  return echoing;
}

/** The forms in which twelve characters of a key stand in a text; none should. */
export function tracesOf(key: string, text: string): string[] {
  const forms = [key, encodeURIComponent(key), base64(key), Buffer.from(key).toString('base64url')];
  const bytes = Buffer.from(key).toString('hex');
  const around = ['Bearer ', 'Key ', 'user:', 'id=Bearer '].map((before) =>
    base64(before + key).slice(16, -4),
  );
  const seen = text.toLowerCase();
  return [...forms, bytes, ...around]
    .flatMap((form) => windows(form.toLowerCase()))
    .filter((part) => seen.includes(part));
}

const windows = (form: string): string[] =>
  Array.from({ length: Math.max(1, form.length - 11) }, (_one, at) => form.slice(at, at + 12));
