import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { nothingWasSent } from '../provider-error.js';
import { createTargetFetch } from './target-fetch.js';

let server: Server;
afterEach(() => server.close().closeAllConnections());

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const anywhere = createTargetFetch({ allowPrivate: true });
const failed = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => expect.fail('it was answered'),
    (error: Error) => error,
  );

it('sends what a client sends, as a request or as its parts, and gives on the whole answer', async () => {
  const url = await serve((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method, headers } = request;
      response.writeHead(400, { 'ratelimit-reset': '7', 'content-type': 'application/json' });
      response.end(JSON.stringify([method, headers['x-as'], Buffer.concat(pieces).toString('hex')]));
    });
  });
  const init = { method: 'POST', headers: { 'x-as': 'ash' }, body: new Uint8Array([0, 255]) };
  for (const answer of [await anywhere(url, init), await anywhere(new Request(url, init))]) {
    expect([answer.status, answer.headers.get('ratelimit-reset')]).toEqual([400, '7']);
    expect(await answer.json()).toEqual(['POST', 'ash', '00ff']);
  }
});

it('asks public addresses only, by number and by name, and by https', async () => {
  let asked = 0;
  const url = await serve((_, response) => response.end(String(++asked)));
  const publicly = createTargetFetch({
    allowPrivate: false,
    resolve: ((_: string, __: object, done: (error: null, all: object[]) => void) =>
      done(null, [{ address: '127.0.0.1', family: 4 }])) as never,
  });
  for (const address of [url, url.replace('http:', 'https:'), 'https://rebound.example/']) {
    const { name, message } = await failed(publicly(address));
    expect([name, message]).toEqual(['FetchRefused', expect.stringContaining('COPYDESK_ALLOW_PRIVATE=1')]);
  }
  expect(asked).toBe(0);
});

it('follows no redirect', async () => {
  const url = await serve((_, response) =>
    response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
  );
  expect((await anywhere(url, { method: 'POST', body: 'words' })).status).toBe(307);
});

it('gives up an answer without end, and says whether anything was sent', async () => {
  const url = await serve((_, response) => {
    const pour = (): void => {
      while (response.write('x'.repeat(65_536)));
    };
    response.on('drain', pour);
    pour();
  });
  expect((await failed(anywhere(url))).message).toBe('the answer is larger than 5,000,000 bytes');
  server.close().closeAllConnections();
  expect(nothingWasSent(await failed(anywhere(url)))).toBe(true);
});

it('fails where the answer breaks off', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"uri"', () => response.destroy());
  });
  const error = await failed(anywhere(url, { method: 'POST', body: 'words' }));
  expect(nothingWasSent(error)).toBe(false);
});
