/** Bounds of what is in flight, over real sockets. */
import { createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Hono } from 'hono';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { deskCrowd } from '../desk.js';
import { listen } from '../serve.js';
import { TOKEN, useDesk } from '../testing/use-desk.js';
import { type CrowdLimits, limitCrowd } from './crowd.js';

const LIMITS: CrowdLimits = {
  socket: 3,
  strangers: { all: 8, address: 5 },
  signedIn: { all: 2, address: 2 },
  lookers: { all: 3, address: 2 },
};
let server: Server | undefined;
/** How many were read at all. */
let read = 0;
/** Requests that the desk answers when told. */
let held: { path: string; answer: () => void }[] = [];
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  held = [];
});

async function start(): Promise<number> {
  const desk: RequestListener = (request, response) => {
    held.push({ path: request.url!, answer: () => response.end(`answer to ${request.url}`) });
  };
  const listener = limitCrowd(desk, {
    limits: LIMITS,
    address: ({ headers }) => String(headers['x-address'] ?? 'a'),
    kindOf: ({ url }) => (url === '/healthz' ? 'lookers' : url === '/desk' ? 'signedIn' : 'strangers'),
  });
  const opened = (server = createServer((request, response) => {
    read += 1;
    listener(request, response);
  }));
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  return (opened.address() as AddressInfo).port;
}

const ask = (port: number, path: string, address = 'a') =>
  new Promise<{ status: number; retryAfter: string | undefined }>((resolve, reject) => {
    const headers = { 'x-address': address };
    get({ host: '127.0.0.1', port, path, headers, agent: false }, (answer: IncomingMessage) => {
      answer.resume();
      resolve({ status: answer.statusCode!, retryAfter: answer.headers['retry-after'] });
    }).on('error', reject);
  });
const answerAll = (): void => held.splice(0).forEach(({ answer }) => answer());
const until = (count: number) => vi.waitFor(() => expect(held).toHaveLength(count), 20_000);

/** Many requests in one write, and what comes back until the other side ends. */
function pipeline(port: number, count: number): { socket: Socket; text: () => string; ended: Promise<void> } {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (part) => (text += part));
  socket.write(Array.from({ length: count }, (_, at) => `GET /${at} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return { socket, text: () => text, ended };
}

it('answers who sent too much ahead what fits, then 503, and ends the connection', async () => {
  const port = await start();
  read = 0;
  const { text, ended } = pipeline(port, 20_000);
  await until(LIMITS.socket);
  answerAll();
  await ended;
  const statuses = [...text().matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
  expect(statuses).toEqual(['200', '200', '200', '503']);
  expect(text()).toContain('Retry-After: 1');
  // What came with the first of them is 64 KB.
  expect(read).toBeLessThan(3_000);
  expect(held).toEqual([]);
});

it('bounds an address, which leaves room for others, and all; a place is free again once its answer is out', async () => {
  const port = await start();
  const first = Array.from({ length: 5 }, (_, at) => ask(port, `/${at}`));
  await until(5);
  expect(await ask(port, '/more')).toEqual({ status: 503, retryAfter: '1' });
  const others = ['b', 'b', 'c'].map((address) => ask(port, '/', address));
  await until(8);
  expect(await ask(port, '/', 'd')).toMatchObject({ status: 503 });
  const own = ask(port, '/healthz');
  await until(9);
  answerAll();
  for (const { status } of await Promise.all([...first, ...others, own])) expect(status).toBe(200);
  const again = ask(port, '/again');
  await until(1);
  answerAll();
  expect(await again).toMatchObject({ status: 200 });
});

it('bounds who looks whether it lives, of one address and in all, beside the others', async () => {
  const port = await start();
  const lookers = ['a', 'a', 'b'].map((address) => ask(port, '/healthz', address));
  await until(3);
  for (const address of ['a', 'c'])
    expect(await ask(port, '/healthz', address)).toEqual({ status: 503, retryAfter: '1' });
  const others = [ask(port, '/desk'), ask(port, '/desk'), ask(port, '/')];
  await until(6);
  answerAll();
  for (const { status } of await Promise.all([...lookers, ...others])) expect(status).toBe(200);
});

it('gives the places of a connection back that has gone without reading, those behind others too', async () => {
  const port = await start();
  const { socket } = pipeline(port, 3);
  const { socket: second } = pipeline(port, 2);
  await until(5);
  expect(await ask(port, '/')).toMatchObject({ status: 503 });
  socket.destroy();
  second.destroy();
  await vi.waitFor(async () => {
    const asked = ask(port, '/after');
    await vi.waitFor(() => expect(held.some(({ path }) => path === '/after')).toBe(true), 500);
    answerAll();
    expect(await asked).toMatchObject({ status: 200 });
  });
});

describe('a stranger who sends a body', () => {
  /** Sends the headers of a form, and what is given of its five bytes. */
  const send = (port: number, address: string, body = ''): { socket: Socket; text: () => string } => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (part) => (text += part)).on('error', () => undefined);
    socket.write(
      `POST /form HTTP/1.1\r\nHost: x\r\nX-Address: ${address}\r\nContent-Length: 5\r\n\r\n${body}`,
    );
    return { socket, text: () => text };
  };
  const isRead = (count: number) => vi.waitFor(() => expect(read).toBe(count));

  it('takes no place before it is here; the oldest of too many is cut, and one whose body comes is answered', async () => {
    const port = await start();
    read = 0;
    const slow: ReturnType<typeof send>[] = [];
    for (let at = 1; at <= LIMITS.strangers.all; at += 1) {
      slow.push(send(port, `slow ${at}`));
      await isRead(at);
    }
    const asked = ask(port, '/', 'b');
    await until(1);
    const whole = send(port, 'c', 'a=bcd');
    await until(2);
    await vi.waitFor(() =>
      expect(slow.map(({ socket }) => socket.closed)).toEqual([true, ...slow.slice(1).map(() => false)]),
    );
    slow[1]!.socket.write('a=bcd');
    await until(3);
    answerAll();
    expect(await asked).toMatchObject({ status: 200 });
    for (const { text } of [whole, slow[1]!])
      await vi.waitFor(() => expect(text()).toContain('answer to /form'));
    expect(held).toEqual([]);
  });

  it('has it read by what answers, to the end of what a form may hold', async () => {
    const app = new Hono().post('/', async (c) => c.text(String((await c.req.text()).length)));
    const crowd = { limits: LIMITS, address: () => 'a', kindOf: () => 'strangers' as const };
    const served = await listen({ app, host: '127.0.0.1', port: 0, crowd });
    try {
      const post = async (body: string | ReadableStream): Promise<string> =>
        (
          await fetch(served.url, {
            method: 'POST',
            body,
            ...(typeof body !== 'string' && { duplex: 'half' }),
          })
        ).text();
      const chunked = (length: number) => new Blob(['x'.repeat(length)]).stream();
      expect(await post('x'.repeat(64 * 1024))).toBe('65536');
      expect(await post('x'.repeat(64 * 1024 + 1))).toBe('65537');
      expect(await post(chunked(64 * 1024))).toBe('65536');
      await expect(post(chunked(64 * 1024 + 1))).rejects.toThrow('fetch failed');
    } finally {
      await served.close();
    }
  });
});

describe('the desk', () => {
  const desk = useDesk();

  it.each([
    ['/healthz', {}, 'lookers'],
    ['/healthz', { authorization: `Bearer ${TOKEN}` }, 'lookers'],
    ['/@harbor', {}, 'strangers'],
    ['/desk', { authorization: `Bearer ${TOKEN}` }, 'signedIn'],
    ['/desk', { authorization: `Bearer ${TOKEN}x` }, 'strangers'],
    ['/desk', { authorization: `Bearer ${TOKEN}`, host: 'elsewhere.example' }, 'strangers'],
    ['/desk', { cookie: 'copydesk_x=1' }, 'strangers'],
  ])('has a place for %s of who shows %o among the %s', (url, headers, expected) => {
    const { kindOf } = deskCrowd(desk.deps, 512);
    const request = { url, headers: { host: '127.0.0.1:8300', ...headers } } as IncomingMessage;
    expect(kindOf(request)).toBe(expected);
  });
});
