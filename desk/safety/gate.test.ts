import { beforeAll, describe, expect, it } from 'vitest';
import { rawHttp, type RawAnswer } from '../../test/raw-http.js';
import type { ServedDesk } from '../serve.js';
import { DESK_URL, OPENING_MS, TOKEN, type DeskUnderTest } from '../testing/desk-under-test.js';
import { sampleBatch, samplePost, waitingPost } from '../testing/samples.js';
import { useServedDesk } from '../testing/use-served-desk.js';

const WAITING = 'WaitingPost1';
const PUBLIC = 'PublicPost01';
const SECRET = 'SecretPost01';

let desk: DeskUnderTest;
let served: ServedDesk;
useServedDesk((opened) => ({ desk, served } = opened));
beforeAll(async () => {
  await desk.saveBatch(sampleBatch());
  await desk.savePost(waitingPost(WAITING));
  await desk.publish(samplePost(PUBLIC));
  await desk.storeFile(`${SECRET}_hero.png`, new Uint8Array([1]));
}, OPENING_MS);

const ask = (path: string, headers: readonly string[], method = 'GET', body = ''): Promise<RawAnswer> =>
  rawHttp(
    { host: '127.0.0.1', port: Number(new URL(served.url).port) },
    [`${method} ${path} HTTP/1.1`, ...headers],
    body,
  );
const BEARER = `Authorization: Bearer ${TOKEN}`;

describe.each(['evil.example', '127.0.0.1.nip.io:8300', 'localhost.evil.example', '0.0.0.0:8300'])(
  'under the Host %s',
  (name) => {
    const host = `Host: ${name}`;

    it.each(['/desk', '/api/posts', '/api/costs', `/api/posts/${WAITING}`, '/api/archive'])(
      '%s is 403 with a right token, and says in one line which address to use',
      async (path) => {
        const { status, text } = await ask(path, [host, BEARER]);
        expect(status).toBe(403);
        expect(text.replaceAll('&#39;', "'")).toContain(
          `The desk is not served as '${name}': use ${DESK_URL}`,
        );
        expect(text).not.toContain(WAITING);
      },
    );

    it('nobody signs in or out', async () => {
      const form = [host, `Origin: http://${name}`, 'Content-Type: application/x-www-form-urlencoded'];
      const { status, text } = await ask('/desk/sign-in', form, 'POST', `token=${TOKEN}`);
      expect(status).toBe(403);
      expect(text).not.toMatch(/^set-cookie/im);
      expect((await ask('/desk/sign-out', form, 'POST')).status).toBe(403);
    });

    it('the public pages are what a stranger sees, also with a right token', async () => {
      const paths = [
        '/',
        '/@harbor',
        `/@harbor/posts/${PUBLIC}`,
        '/@harbor/feed.xml',
        `/assets/${PUBLIC}_hero.png`,
      ];
      for (const path of paths) {
        const [shown, plain] = [await ask(path, [host, BEARER]), await ask(path, ['Host: 127.0.0.1'])];
        expect(shown.status, path).toBe(200);
        expect(bodyOf(shown), path).toBe(bodyOf(plain));
      }
      expect((await ask(`/@harbor/posts/${WAITING}`, [host, BEARER])).status).toBe(404);
      expect((await ask(`/assets/${SECRET}_hero.png`, [host, BEARER])).status).toBe(404);
    });
  },
);

const bodyOf = ({ text }: RawAnswer): string => text.slice(text.indexOf('\r\n\r\n'));

describe('the headers', () => {
  const headersOf = async (path: string): Promise<Headers> => (await desk.getSignedIn(path)).headers;

  it.each([
    '/',
    '/desk',
    '/api/posts',
    '/@harbor',
    '/@harbor/feed.json',
    '/static/base.css',
    '/nowhere',
    '/healthz',
  ])('keep %s to its own site', async (path) => {
    const headers = await headersOf(path);
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('permissions-policy')).toMatch(/camera=\(\)/);
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('let other sites show what is public, and nothing else', async () => {
    const policyOf = async (asset: string): Promise<string | null> =>
      (await headersOf(`/assets/${asset}_hero.png`)).get('cross-origin-resource-policy');
    expect(await policyOf(PUBLIC)).toBe('cross-origin');
    expect(await policyOf(SECRET)).toBe('same-origin');
  });
});
