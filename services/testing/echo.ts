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
const denied = (body: string | object, headers: Record<string, string> = {}): Echo => ({
  ...{ status: 401, headers, body: typeof body === 'string' ? body : JSON.stringify(body) },
});
const error = (facts: object, headers: Record<string, string> = {}): Echo =>
  denied({ error: facts }, headers);
const part = (text: string): object => ({ type: 'message', content: [{ type: 'output_text', text }] });

/** The ways in which a server repeats the header `authorization` that it was sent. */
export const ECHOES: Readonly<Record<string, (key: string, header: string) => Echo>> = {
  'in quotes': (key) => error({ message: `Incorrect key "${key}", '${key}'` }),
  'as the code': (key) => error({ message: 'wrong', code: key, type: key }),
  'in fal words': (key) => denied({ detail: `no user for ${key}` }),
  'as a fal type': (key) => denied({ detail: [{ msg: key, type: key }], error_type: key }),
  'as the request id': (key) => error({ message: 'wrong' }, { 'x-request-id': key, 'x-fal-request-id': key }),
  'as base64': (_key, header) => error({ message: `sent ${base64(header)}` }),
  'as base64 in a longer text': (_key, header) => {
    const message = Buffer.from(`{"authorization":"${header}"}`).toString('base64url');
    return error({ message }, { 'x-request-id': base64(`id=${header}`) });
  },
  'as Basic': (key) => denied(`denied: Basic ${base64(`user:${key}`)}`),
  'in an address': (key) => denied(`GET /v1?k=${encodeURIComponent(key)} is denied`),
  'in an address of an address': (key) =>
    denied(`see /login?to=${encodeURIComponent(`/v1?k=${encodeURIComponent(key)}`)}`),
  'as hex': (key) => denied(`no such key ${Buffer.from(key).toString('hex')}`),
  'as JSON in a string': (key) => error({ message: JSON.stringify({ k: key }) }),
  'in escapes': (key) => denied(`<h1>${[...key].map((one) => `&#${one.charCodeAt(0)};`).join('')}</h1>`),
  'as a title': (key) => denied(`<html><title>401 ${key}</title></html>`),
  'in capitals': (key) => error({ message: `KEY ${key.toUpperCase()} IS WRONG` }),
  'cut off': (key) => error({ message: `wrong key ${key.slice(0, 13)}…` }),
  'cut by our own limit': (key) => denied(`${'x'.repeat(185)}${key}`),
  'in parts over the fields': (key) => {
    const [message, code, type] = [`begins with ${key.slice(0, 14)}`, key.slice(14), key.slice(7, 21)];
    return error({ message, code, type }, { 'x-request-id': key.slice(0, 14) });
  },
  'after a page': (key) => ({ status: 403, body: `${'<p>'.repeat(200_000)}${key}` }),
  'in a page that is no JSON': (key) => ({ status: 200, body: `<pre>${key}</pre>` }),
  'in an answer': (key, header) => {
    const names = { id: key, model: key, service_tier: key, request_id: key, error: key };
    const answer = { ...names, status: 'COMPLETED', output: [part(`you sent ${key}`)] };
    return { status: 200, headers: { 'x-request-id': base64(header) }, body: JSON.stringify(answer) };
  },
};

export interface EchoServer {
  readonly url: string;
  /** How it repeats what it is sent from now on. */
  echo: string;
  close(): Promise<void>;
}

/** A server that answers every call with what it was sent as `authorization`. */
export async function startEcho(): Promise<EchoServer> {
  const answer = (header: string, outgoing: ServerResponse): void => {
    const key = header.replace(/^\w+ /, '');
    const { status, headers = {}, body } = ECHOES[echoing.echo]!(key, header);
    const type = body.startsWith('{') ? 'application/json' : 'text/html';
    outgoing.writeHead(status, { 'content-type': type, ...headers }).end(body);
  };
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => answer(incoming.headers.authorization ?? '', outgoing));
  });
  const { url, close } = await listenOnLoopback(server);
  const echoing: EchoServer = { url, echo: 'in quotes', close };
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
