import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deskApi, DeskRefusal, type DeskApi } from './desk-api.js';
import { DeskError } from './errors.js';

let answer: (response: ServerResponse) => void;
const server = createServer((request, response) => {
  request.resume();
  answer(response);
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

async function* bytes(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

describe('a long answer', () => {
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

  it('may take longer than a short one', async () => {
    const { parts, response } = await begun();
    const next = parts.next();
    await vi.advanceTimersByTimeAsync(200_000);
    response.end('last');
    expect(String(Buffer.from((await next).value as Uint8Array))).toBe('last');
    expect((await parts.next()).done).toBe(true);
  });

  it('is given up when nothing comes any more', async () => {
    const { parts } = await begun();
    const next = parts.next().catch((error: unknown) => error as Error);
    await vi.advanceTimersByTimeAsync(240_000);
    expect((await next) instanceof DeskError).toBe(true);
    expect(((await next) as Error).message).toMatch(
      /broke off its answer \(nothing came for 240 s\); ask again$/,
    );
  });
});

describe('what is sent', () => {
  it('is answered with a document', async () => {
    answer = (response) => response.end('{"tables":{}}');
    expect(await desk.send('/in', bytes('a', 'b'), 'text/plain')).toEqual({ tables: {} });
  });

  it('is refused with the reason in one line', async () => {
    answer = (response) => response.writeHead(400).end('{"error":{"message":"line 1:\\nno"}}');
    const error = await desk.send('/in', bytes('a'), 'text/plain').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DeskRefusal);
    expect(error).toMatchObject({ status: 400, reason: 'line 1: no' });
  });
});
