import { beforeAll, describe, expect, it } from 'vitest';
import { DESK_URL, TOKEN, useDeskOverHttp } from '../testing/use-desk.js';
import { samplePost, waitingPost } from '../testing/samples.js';
import { type RawAnswer, rawHttp } from '../../test/raw-http.js';

const [WAITING, PUBLIC, SECRET] = ['WaitingPost1', 'PublicPost01', 'SecretPost01'];

const { desk, served } = useDeskOverHttp();
beforeAll(async () => {
  await desk.saveBatch();
  await desk.savePost(waitingPost(WAITING));
  await desk.publish(samplePost(PUBLIC));
  await desk.storeFile(`${SECRET}_hero.png`, new Uint8Array([1]));
});

function ask(path: string, headers: readonly string[], method = 'GET', body = ''): Promise<RawAnswer> {
  const port = Number(new URL(served.url).port);
  return rawHttp({ host: '127.0.0.1', port }, [`${method} ${path} HTTP/1.1`, ...headers], body);
}
const BEARER = `Authorization: Bearer ${TOKEN}`;

describe('under the name of another host', () => {
  const host = 'Host: evil.example';

  it.each(['/desk', '/api/posts', '/api/costs', `/api/posts/${WAITING}`, '/api/archive', '/review/x'])(
    '%s is 403 with a right token, and says in one line which address to use',
    async (path) => {
      const { status, text } = await ask(path, [host, BEARER]);
      const words = `The desk is not served as 'evil.example': use ${DESK_URL}`;
      expect([status, text.replaceAll('&#39;', "'")]).toEqual([403, expect.stringContaining(words)]);
      expect(text).not.toContain(WAITING);
    },
  );

  it('nobody signs in or out', async () => {
    const form = [host, 'Origin: http://evil.example', 'Content-Type: application/x-www-form-urlencoded'];
    const { status, text } = await ask('/desk/sign-in', form, 'POST', `token=${TOKEN}`);
    expect(status).toBe(403);
    expect(text).not.toMatch(/^set-cookie/im);
    expect((await ask('/desk/sign-out', form, 'POST')).status).toBe(403);
  });

  it('the public pages are what a stranger sees, also with a right token', async () => {
    const pages = ['/', '/@harbor', `/@harbor/posts/${PUBLIC}`, '/@harbor/feed.xml'];
    for (const path of [...pages, `/assets/${PUBLIC}_hero.png`]) {
      const [shown, plain] = [await ask(path, [host, BEARER]), await ask(path, ['Host: 127.0.0.1'])];
      expect([shown.status, shown.body], path).toEqual([200, plain.body]);
    }
    expect((await ask(`/@harbor/posts/${WAITING}`, [host, BEARER])).status).toBe(404);
    expect((await ask(`/assets/${SECRET}_hero.png`, [host, BEARER])).status).toBe(404);
  });
});

it.each([
  ['/api/posts/WaitingPost1/decisions', 'application/json', '{"decision":"approve"}'],
  ['/desk/posts/WaitingPost1/decide', 'application/x-www-form-urlencoded', 'decision=approve'],
])(
  'an address that begins with a name, as http://other.example%s, is not the site that it names',
  async (path, type, body) => {
    const headers = ['Host: 127.0.0.1', 'Origin: http://other.example', `Content-Type: ${type}`, BEARER];
    expect(await ask(`http://other.example${path}`, headers, 'POST', body)).toMatchObject({ status: 403 });
    expect(desk.workflows.told).toEqual([]);
  },
);

describe('the headers', () => {
  const headersOf = async (path: string): Promise<Headers> => (await desk.getSignedIn(path)).headers;

  const ours = ['/', '/desk', '/api/posts', '/@harbor', '/@harbor/feed.json', '/static/base.css', '/healthz'];
  it.each([...ours, '/nowhere'])('keep %s to its own site', async (path) => {
    expect(Object.fromEntries(await headersOf(path))).toMatchObject({
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
  });

  it('let other sites show what is public, and nothing else', async () => {
    const policyOf = async (asset: string): Promise<string | null> =>
      (await headersOf(`/assets/${asset}_hero.png`)).get('cross-origin-resource-policy');
    expect(await policyOf(PUBLIC)).toBe('cross-origin');
    expect(await policyOf(SECRET)).toBe('same-origin');
  });
});
