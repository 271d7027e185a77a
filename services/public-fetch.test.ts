import type { lookup } from 'node:dns';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPublicFetch, type PublicAnswer, type PublicRequest } from './public-fetch.js';
import { failure } from './testing/failure.js';
import { startHostileServer, type HostileServer } from './testing/hostile-server.js';

let server: HostileServer;
/** What must never be asked for. */
let inner: HostileServer;
beforeAll(async () => {
  [server, inner] = await Promise.all([startHostileServer(), startHostileServer()]);
});
beforeEach(() => {
  server.asked.length = 0;
  inner.asked.length = 0;
});
afterAll(() => Promise.all([server.close(), inner.close()]));

const port = (): string => new URL(inner.url).port;
const text = async ({ status, body }: PublicAnswer): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return `${status} ${Buffer.concat(chunks).toString()}`;
};
const publicFetch = createPublicFetch({ allowPrivate: false });
const get = (url: string, change: Partial<PublicRequest> = {}, fetch = publicFetch): Promise<string> =>
  fetch(url, { most: 1_000_000, within: 5_000, trusted: [server.url], ...change }, text);
const refusal = async (asked: Promise<string>): Promise<string> => String(await failure(asked));
const to = (url: string): string => `${server.url}/to?${encodeURIComponent(url)}`;

describe('an address inside', () => {
  const hosts = ['127.0.0.1', 'localhost', 'LOCALHOST', '2130706433', '0x7f.1', '0177.0.0.1', '0', '[::1]'];
  const odd = ['[::ffff:127.0.0.1]', '[64:ff9b::7f00:1]', '%31%32%37.0.0.1'];
  const elsewhere = [
    '169.254.169.254',
    '[fd00:ec2::254]',
    '100.100.100.200',
    '10.0.0.1',
    '192.168.0.1',
    '[fe80::1]',
  ];
  const inside = (): string[] => [
    ...[...hosts, ...odd].map((host) => `https://${host}:${port()}/`),
    ...elsewhere.map((host) => `https://${host}/`),
  ];

  it('is refused before anything is sent', async () => {
    const words = /^FetchRefused: .+ is not a public address; COPYDESK_ALLOW_PRIVATE=1 allows it$/;
    for (const url of inside()) expect(await refusal(get(url)), url).toMatch(words);
    expect(inner.asked).toEqual([]);
  });

  it('is refused as a redirect of a server that may be asked', async () => {
    for (const url of [...inside(), `${inner.url}/`, `//127.0.0.1:${port()}/`]) {
      const words = /^FetchRefused: .+ is not (a public address|https); COPYDESK_ALLOW/;
      expect(await refusal(get(to(url))), url).toMatch(words);
    }
    expect(inner.asked).toEqual([]);
  });

  it('is refused after a redirect to itself, however deep', async () => {
    expect(await refusal(get(to(to(to(`${inner.url}/`)))))).toMatch(/is not https/);
    expect(inner.asked).toEqual([]);
  });

  it('is refused by what the socket would take, also where the name has a public address too', async () => {
    const names: string[] = [];
    const addresses = ['93.184.216.34', '127.0.0.1'].map((address) => ({ address, family: 4 }));
    const resolve = ((name: string, _options: object, done: (error: null, all: object[]) => void) => {
      names.push(name);
      done(null, addresses);
    }) as unknown as typeof lookup;
    const fetch = createPublicFetch({ allowPrivate: false, resolve });
    expect(await refusal(get(`https://rebind.example:${port()}/`, {}, fetch))).toBe(
      'FetchRefused: rebind.example (127.0.0.1) is not a public address; COPYDESK_ALLOW_PRIVATE=1 allows it',
    );
    expect(names, 'one look-up: that of the socket').toEqual(['rebind.example']);
    expect(inner.asked).toEqual([]);
  });

  it('is asked where it is allowed', async () => {
    const fetch = createPublicFetch({ allowPrivate: true });
    expect(await get(`${inner.url}/`, {}, fetch)).toBe('200 hello');
    expect(await get(`http://localhost:${port()}/`, {}, fetch)).toBe('200 hello');
  });
});

describe('an address', () => {
  const NOT_HTTPS = 'is not https; COPYDESK_ALLOW_PRIVATE=1 allows it';
  it.each([
    ['http://example.com/secret?key=1', `http://example.com ${NOT_HTTPS}`],
    ['https://user:hunter2@example.com/', 'the address holds a user name or a password'],
    ['file:///etc/passwd', `file:// ${NOT_HTTPS}`],
    ['data:image/png;base64,AAAA', `data:// ${NOT_HTTPS}`],
    ['v3.fal.media/a.png', 'it is not an address'],
    ['', 'it is not an address'],
  ])('%s is refused', async (url, message) => {
    expect(await refusal(get(url))).toBe(`FetchRefused: ${message}`);
  });

  it('with a password is refused where a trusted server leads to it, too', async () => {
    const url = to(server.url.replace('://', '://user:hunter2@'));
    expect(await refusal(get(url))).toMatch(/holds a user name/);
  });

  it('is trusted by scheme, host and port', async () => {
    expect(await get(`${server.url}/to?%2Fa`)).toBe('200 hello');
    expect(await refusal(get(server.url.replace('127.0.0.1', 'localhost')))).toMatch(/is not https/);
    expect(await refusal(get(server.url.replace('http', 'https')))).toMatch(/is not a public address/);
  });
});

describe('an answer', () => {
  it('that is as large as it may be is whole', async () => {
    expect(await get(`${server.url}/`, { most: 5 })).toBe('200 hello');
    expect(await refusal(get(`${server.url}/`, { most: 4 }))).toMatch(/larger than 4 bytes/);
  });

  it.each([['endless'], ['bomb'], ['long']])(
    'that is too large is given up, and its connection closed (%s)',
    async (path) => {
      expect(await refusal(get(`${server.url}/${path}`))).toBe(
        'FetchRefused: the answer is larger than 1,000,000 bytes',
      );
      await expect.poll(server.connections).toBe(0);
    },
  );

  it.each([['drip'], ['silent'], ['headers']])('that takes too long is given up (%s)', async (path) => {
    expect(await refusal(get(`${server.url}/${path}`, { within: 500 }))).toBe(
      'FetchRefused: the answer is not whole after 0.5 s',
    );
  });

  it('that leads in circles is given up', async () => {
    expect(await refusal(get(`${server.url}/loop`))).toBe('FetchRefused: more than 5 redirects');
    expect(server.asked).toHaveLength(6);
  });

  it('is left when its caller leaves', async () => {
    const leaving = new AbortController();
    const asked = get(`${server.url}/drip`, { signal: leaving.signal });
    setTimeout(() => leaving.abort(new Error('leaving')), 100);
    expect(await refusal(asked)).toBe('Error: leaving');
    expect(await refusal(get(`${server.url}/`, { signal: leaving.signal }))).toBe('Error: leaving');
  });

  it('to a POST is never followed', async () => {
    const sent = { method: 'POST', body: '{}' } as const;
    expect(await get(`${server.url}/to?%2Fa`, sent)).toBe('302 ');
    expect(await get(`${server.url}/loop`, sent)).toBe('307 ');
  });
});
