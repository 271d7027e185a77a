import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { deskApi, DeskRefusal, type DeskApi } from './desk-api.js';
import { DeskError } from './errors.js';
import { HttpChats } from './http/chats.js';
import { askDesk } from './http/request.js';

let answer: (response: ServerResponse) => void;
let asked: { method?: string; url?: string; body: string };
const server = createServer((request, response) => {
  const { method, url } = request;
  void text(request).then((body) => {
    asked = { method, url, body };
    answer(response);
  });
});
let desk: DeskApi;
beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  desk = deskApi({ api: `http://127.0.0.1:${port}`, token: 'a', data: 'nowhere' });
});
afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
const answerWith = (status: number, document: string): void => {
  answer = (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(document);
};

/** An answer that has begun, read up to its first part. */
async function begun() {
  let response: ServerResponse | undefined;
  answer = (given) => {
    response = given;
    given.write('first');
  };
  // Only the clock of our own deadline: the socket goes on.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const parts = (await desk.read('/long'))[Symbol.asyncIterator]();
  expect(String(Buffer.from((await parts.next()).value as Uint8Array))).toBe('first');
  return { parts, response: response as ServerResponse };
}

it('a long answer may take longer than a short one', async () => {
  const { parts, response } = await begun();
  const next = parts.next();
  await vi.advanceTimersByTimeAsync(200_000);
  response.end('last');
  expect(String(Buffer.from((await next).value as Uint8Array))).toBe('last');
  expect((await parts.next()).done).toBe(true);
});

it('a long answer is given up when nothing comes any more', async () => {
  const { parts } = await begun();
  const next = parts.next().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(240_000);
  const message = expect.stringMatching(/broke off its answer \(nothing came for 240 s\); ask again$/);
  expect(await next).toBeInstanceOf(DeskError);
  expect(await next).toMatchObject({ message });
});

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('a');
  yield Buffer.from('b');
}

it('what is sent is answered with a document', async () => {
  answerWith(200, '{"tables":{}}');
  expect(await desk.send('/in', bytes(), 'text/plain')).toEqual({ tables: {} });
  expect(asked.body).toBe('ab');
});

it('what is sent is refused with the reason in one line', async () => {
  answerWith(400, '{"error":{"message":"line 1:\\nno"}}');
  const error = await desk.send('/in', bytes(), 'text/plain').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DeskRefusal);
  expect(error).toMatchObject({ status: 400, reason: 'line 1: no' });
});

const question = { account: 'crumb', question: 'Why?', chatId: 'UpkTZ26nc9Eb' };
const ask = () => new HttpChats(askDesk(desk)).ask(question);

it('a question goes to POST /api/chats', async () => {
  const document = { chatId: 'UpkTZ26nc9Eb', answer: 'Rye.', citations: [] };
  answerWith(200, JSON.stringify(document));
  expect(await ask()).toEqual(document);
  expect(asked).toEqual({ method: 'POST', url: '/api/chats', body: JSON.stringify(question) });
});

it('a question over the budget of the day fails with the status and the reason', async () => {
  answerWith(429, '{"error":{"message":"the day is spent"}}');
  await expect(ask()).rejects.toMatchObject({ name: 'DeskError', status: 429, reason: 'the day is spent' });
});
