import { beforeAll, describe, expect, it } from 'vitest';
import { endLine } from '../../contract/archive-export.js';
import { DESK_URL, useDesk } from '../testing/use-desk.js';
import { sampleBatch, samplePost } from '../testing/samples.js';
import { textBody } from './archive-routes.js';
import { bearer } from './testing/ask-api.js';

const POST = 'PublicPost01';

const desk = useDesk();
beforeAll(async () => {
  await desk.saveBatch();
  await desk.publish(samplePost(POST));
});

const send = async (body: string, headers: Record<string, string> = bearer()): Promise<[number, any]> => {
  const answer = await desk.app.request('/api/archive', { method: 'POST', body, headers });
  return [answer.status, await answer.json()];
};
const exported = async (): Promise<string> => (await desk.getSignedIn('/api/archive')).text();
const refused = (message: string | RegExp) => {
  const expected = typeof message === 'string' ? message : expect.stringMatching(message);
  return [400, { error: { message: expected } }];
};

describe('the archive over HTTP', () => {
  it('is handed out as lines of JSON whose last one counts the others', async () => {
    const answer = await desk.getSignedIn('/api/archive');
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(lines.at(-1)).toBe(endLine(lines.length - 1));
    const tables = lines.slice(1, -1).map((line) => (JSON.parse(line) as { table: string }).table);
    expect(tables).toEqual(['batches', 'posts', 'revisions', 'publications']);
  });

  it('is for those with the token alone', async () => {
    for (const headers of [{}, bearer('wrong')] as Record<string, string>[]) {
      const answer = await desk.get('/api/archive', headers);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect((await send('', headers))[0]).toBe(401);
    }
  });

  it("is not written by another site's page", async () => {
    const message = 'This was sent by the page of another site.';
    const answer = await send('', { ...bearer(), Origin: 'https://evil.example' });
    expect(answer).toEqual([403, { error: { message } }]);
    expect((await send('', { ...bearer(), Origin: DESK_URL }))[0]).toBe(400);
  });

  it('takes its own lines back without a change', async () => {
    const lines = await exported();
    const [status, { tables }] = await send(lines);
    const same = { read: 1, written: 0 };
    expect([status, tables]).toMatchObject([200, { batches: same, posts: same, publications: same }]);
    expect(await exported()).toBe(lines);
  });

  it('names the line that it does not take, and takes none then', async () => {
    const other = sampleBatch({ id: 'BatchBatch09' });
    const lines = (await exported()).split('\n');
    const batch = JSON.parse(String(lines[1])) as { row: object };
    const added = JSON.stringify({ ...batch, row: { ...batch.row, id: other.id, doc: other } });
    const odd = '{"table":"posts","row":{}}';
    const broken = 'line 3: the export breaks off here; export it again';
    expect(await send([lines[0], added, odd, endLine(3)].join('\n'))).toEqual(refused(/^line 3: posts: /));
    expect(await send([lines[0], added].join('\n'))).toEqual(refused(broken));
    expect(await desk.archive.records.findBatch(other.id)).toBeNull();
  });
});

describe('a hostile export', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  const pairs = (count: number): string => Array.from({ length: count }, (_, n) => `"k${n}":${n}`).join(',');
  /** The lines of the archive with one more at their start. */
  const withDocument = async (more: string): Promise<string> => {
    const lines = (await exported()).trimEnd().split('\n');
    const batch = String(lines[1])
      .replace('"doc":{', `"doc":{${more},`)
      .replace(/"sequence":\d+/, '"sequence":999');
    return [lines[0], batch, endLine(2)].join('\n');
  };

  it.each([
    ['deep', `"deep":${nested(20_000)}`, /^line 2: it is nested more than 40 deep/],
    ['wide', pairs(150_000), /^line 2: it holds more than 100000 values/],
    ['long', `"long":"${'x'.repeat(5_000_000)}"`, /^line 2: it is longer than any line of an export/],
    ['no JSON', '"a":1e', /^line 2: it is not JSON/],
  ])('that is %s is refused at its line', async (_what, more, message) => {
    expect(await send(await withDocument(more))).toEqual(refused(message));
  });

  it.each([
    ['deep in its first line', `{"table":"copydesk","row":{"version":1,"deep":${nested(20_000)}}}`],
    ['nothing but depth', nested(2_000_000)],
  ])('that is %s is refused', async (_what, line) => {
    expect(await send([line, endLine(1)].join('\n'))).toEqual(refused(/^line 1: it is nested more than 40/));
  });

  it.each([
    ['NUL in a key', '"a\\u0000b":{"\\u0000":"\\u0000"}'],
    ['half a pair in a key', '"\\ud83d":"\\udc4d"'],
    ['the key of prototypes', '"__proto__":{"toString":1},"constructor":null'],
    ['what is at the limit', `"deep":${nested(36)}`],
    ['a number beyond all', '"huge":1e999,"small":-1e-999'],
  ])('with %s is taken, and its account is shown as before', async (_what, more) => {
    expect((await send(await withDocument(more)))[0]).toBe(200);
    expect((await desk.get('/')).status).toBe(200);
    for (const path of ['/@harbor', '/desk', `/@harbor/posts/${POST}`, '/api/batches/BatchBatch01'])
      expect((await desk.getSignedIn(path)).status, path).toBe(200);
  });
});

describe('a body that is made of texts', () => {
  let made = 0;
  let left = false;
  async function* texts(size: number): AsyncGenerator<string> {
    [made, left] = [0, false];
    try {
      for (;;) {
        made += 1;
        yield 'x'.repeat(size);
      }
    } finally {
      left = true;
    }
  }

  it('is made no faster than it is read', async () => {
    const reader = textBody(texts(100_000)).getReader();
    for (let read = 0; read < 3; read += 1) {
      expect(made).toBe(read);
      expect((await reader.read()).value).toHaveLength(100_000);
    }
    await reader.cancel();
    expect(left).toBe(true);
  });

  it('goes out in chunks of some size, however short the texts are', async () => {
    const reader = textBody(texts(10)).getReader();
    expect((await reader.read()).value?.length).toBeGreaterThan(60_000);
    await reader.cancel();
  });

  it('ends when nobody reads on', async () => {
    const reader = textBody(texts(100_000), 1).getReader();
    await reader.read();
    await expect(reader.closed).rejects.toThrow('nobody read on for 0.001 s');
    expect(left).toBe(true);
  });

  it('fails when its texts do', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield 'x'.repeat(100_000);
      throw new Error('the archive is gone');
    }
    const reader = textBody(broken()).getReader();
    await reader.read();
    await expect(reader.read()).rejects.toThrow('the archive is gone');
  });
});
