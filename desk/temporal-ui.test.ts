import { createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it, vi } from 'vitest';
import { listen, type Served } from './serve.js';
import { temporalUi } from './temporal-ui.js';

let ui: Server | null = null;
let served: Served | null = null;
afterEach(async () => {
  await served?.close();
  ui?.close().closeAllConnections();
  [ui, served] = [null, null];
});

/** A server in the place of the UI, and the address under which people have it. */
async function serve(answer: RequestListener): Promise<string> {
  ui = createServer(answer).listen(0, '127.0.0.1');
  await once(ui, 'listening');
  const upstream = `http://127.0.0.1:${(ui.address() as AddressInfo).port}`;
  const app = temporalUi({ upstream: () => upstream, addresses: ['https://desk.example'] });
  served = await listen({ app, host: '127.0.0.1', port: 0 });
  return served.url;
}

it('passes address, method, headers and body on as they are, and the answer back', async () => {
  const asked: unknown[] = [];
  const url = await serve((incoming, answer) => {
    const { method, url: address, headers } = incoming;
    void text(incoming).then((body) => {
      asked.push(method, address, headers.cookie, headers['x-csrf-token'], body);
      answer.writeHead(201, { 'Set-Cookie': ['_csrf=a; Path=/', 'b=c'], 'X-Frame-Options': 'SAMEORIGIN' });
      answer.end('done');
    });
  });
  const path = '/api/v1/namespaces/default/workflows/post%2FUpkTZ26nc9Eb/signal/approve?a=%20b&c=//d';
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { Cookie: '_csrf=a', 'X-CSRF-TOKEN': 'a', Origin: url },
    body: '{"by":"ana"}',
  });
  expect(asked).toEqual(['POST', path, '_csrf=a', 'a', '{"by":"ana"}']);
  expect([answer.status, await answer.text()]).toEqual([201, 'done']);
  expect(answer.headers.getSetCookie()).toEqual(['_csrf=a; Path=/', 'b=c']);
  expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN');
});

it('asks the UI alone, whatever the path says', async () => {
  const asked: (string | undefined)[] = [];
  const url = await serve((incoming, answer) => {
    asked.push(incoming.url);
    answer.end();
  });
  const odd = ['//evil.example/x', '/@evil.example/x', '/:80@evil.example/x'];
  for (const path of [...odd, '/a/../../b']) expect((await raw(url, path)).statusCode, path).toBe(200);
  expect(asked).toEqual([...odd, '/b']);
});

it('leaves a redirect to the browser, and an answer without a body as it is', async () => {
  const url = await serve((incoming, answer) => {
    if (incoming.url === '/') answer.writeHead(302, { Location: '/namespaces' }).end();
    else answer.writeHead(304).end();
  });
  const answer = await fetch(url, { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/namespaces']);
  expect((await fetch(`${url}/same`)).status).toBe(304);
});

it.each([
  ['while it waits', false],
  ['in the midst of an answer', true],
])('ends a request at the UI, and prints nothing, when the browser leaves %s', async (_when, answers) => {
  const printed = vi.spyOn(console, 'error');
  let answering: Promise<unknown> | undefined;
  const url = await serve((_, answer) => {
    answering = once(answer, 'close');
    if (answers) answer.write('first');
  });
  const leaving = new AbortController();
  const asked = fetch(url, { signal: leaving.signal });
  await vi.waitUntil(() => answering !== undefined, { timeout: 20_000, interval: 1 });
  if (answers) {
    const { value } = (await (await asked).body?.getReader().read()) ?? {};
    expect(new TextDecoder().decode(value)).toBe('first');
  }
  leaving.abort();
  await asked.catch(() => undefined);
  await answering;
  await served?.close();
  expect(printed.mock.calls).toEqual([]);
  printed.mockRestore();
  served = null;
});

it('says in a line that the UI is away', async () => {
  const url = await serve((_, answer) => void answer.end());
  ui?.close().closeAllConnections();
  const answer = await fetch(url);
  const line = 'The Temporal UI is not there just now; reload in a moment\n';
  expect([answer.status, await answer.text()]).toEqual([502, line]);
});

it('is served under the public address, to its own pages there', async () => {
  const url = await serve((_, answer) => void answer.end());
  const post = async (headers: Record<string, string>): Promise<number | undefined> =>
    (await raw(url, '/', { Host: 'desk.example', ...headers }, 'POST')).statusCode;
  expect(await post({ Origin: 'https://desk.example', 'Sec-Fetch-Site': 'same-origin' })).toBe(200);
  expect(await post({ Origin: 'https://other.example' })).toBe(403);
  expect(await post({ Host: 'other.example', Origin: 'https://other.example' })).toBe(403);
  expect(await post({ Origin: 'https://desk.example:444' })).toBe(403);
});

/** A request whose path and Host no client normalises. */
async function raw(url: string, path: string, headers = {}, method = 'GET'): Promise<IncomingMessage> {
  const { hostname, port } = new URL(url);
  const sent = request({ hostname, port, path, method, headers }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return answer.resume();
}
