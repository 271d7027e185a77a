import { createServer, type RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { listenOnLoopback, type Loopback } from '../../test/loopback.js';
import { nothingWasSent } from '../provider-error.js';
import { failure } from '../testing/failure.js';
import { createTargetFetch } from './target-fetch.js';

async function serve(listener: RequestListener): Promise<Loopback> {
  const loopback = await listenOnLoopback(createServer(listener));
  onTestFinished(() => loopback.close());
  return loopback;
}

const anywhere = createTargetFetch({ allowPrivate: true });

it('sends what a client sends, as a request or as its parts, and gives on the whole answer', async () => {
  const { url } = await serve((request, response) => {
    const { method, headers } = request;
    void buffer(request).then((sent) => {
      response.writeHead(400, { 'ratelimit-reset': '7', 'content-type': 'application/json' });
      response.end(JSON.stringify([method, headers['x-as'], sent.toString('hex')]));
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
  const { url } = await serve((_, response) => response.end(String(++asked)));
  const publicly = createTargetFetch({
    allowPrivate: false,
    resolve: ((_: string, __: object, done: (error: null, all: object[]) => void) =>
      done(null, [{ address: '127.0.0.1', family: 4 }])) as never,
  });
  for (const address of [url, url.replace('http:', 'https:'), 'https://rebound.example/']) {
    const { name, message } = await failure(publicly(address));
    expect([name, message]).toEqual(['FetchRefused', expect.stringContaining('COPYDESK_ALLOW_PRIVATE=1')]);
  }
  expect(asked).toBe(0);
});

it('follows no redirect', async () => {
  const location = 'http://127.0.0.1:1/';
  const { url } = await serve((_, response) => response.writeHead(307, { location }).end());
  expect((await anywhere(url, { method: 'POST', body: 'words' })).status).toBe(307);
});

it('gives up an answer without end, and says whether anything was sent', async () => {
  const { url, close } = await serve((_, response) => {
    const pour = (): void => {
      while (response.write('x'.repeat(65_536)));
    };
    response.on('drain', pour);
    pour();
  });
  expect((await failure(anywhere(url))).message).toBe('the answer is larger than 5,000,000 bytes');
  await close();
  expect(nothingWasSent(await failure(anywhere(url)))).toBe(true);
});

it('fails where the answer breaks off', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"uri"', () => response.destroy());
  });
  const error = await failure(anywhere(url, { method: 'POST', body: 'words' }));
  expect(nothingWasSent(error)).toBe(false);
});
