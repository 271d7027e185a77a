import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveDesk, type ServedDesk } from '../../desk/serve.js';
import { OPENING_MS, openDesk, TOKEN, type DeskUnderTest } from '../../desk/testing/desk-under-test.js';
import { sampleBatch, samplePost } from '../../desk/testing/samples.js';
import { endLine } from '../../contract/archive-export.js';
import { closedPort, copydesk } from '../testing/command.js';
import { inProcess } from '../testing/in-process.js';

const POST = 'PublicPost01';

/** A desk that is reached over HTTP. */
interface Reached {
  readonly desk: DeskUnderTest;
  readonly served: ServedDesk;
  readonly env: Record<string, string>;
}
async function reach(): Promise<Reached> {
  const desk = await openDesk();
  const served = await serveDesk({ app: desk.app, host: '127.0.0.1', port: 0 });
  return { desk, served, env: { COPYDESK_API: served.url, COPYDESK_TOKEN: TOKEN } };
}

let full: Reached;
let empty: Reached;
let folder: string;
let file: string;
let other: Server | undefined;
beforeAll(async () => {
  full = await reach();
  empty = await reach();
  await full.desk.saveBatch(sampleBatch());
  await full.desk.publish(samplePost(POST));
}, OPENING_MS);
afterAll(async () => {
  for (const one of [full, empty]) {
    await one?.served.close();
    await one?.desk.close();
  }
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copydesk-export-'));
  file = join(folder, 'desk.ndjson');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  other?.closeAllConnections();
  await new Promise((resolve) => (other ? other.close(resolve) : resolve(null)));
  other = undefined;
});

/** A server in the desk's place. */
async function inPlace(answer: RequestListener): Promise<Record<string, string>> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  other = server;
  const { port } = server.address() as AddressInfo;
  return { COPYDESK_API: `http://127.0.0.1:${port}`, COPYDESK_TOKEN: TOKEN };
}

describe('archive export and archive import', () => {
  it('carry everything from one archive to another, once', async () => {
    const exported = await inProcess(['archive', 'export', '--file', file, '--json'], full.env);
    expect([exported.code, JSON.parse(exported.stdout)]).toEqual([
      0,
      { file, lines: 5, tables: { batches: 1, posts: 1, revisions: 1, publications: 1 } },
    ]);
    const imported = await inProcess(['archive', 'import', file, '--json'], empty.env);
    expect(imported.code).toBe(0);
    expect(JSON.parse(imported.stdout)).toMatchObject({
      file,
      tables: { batches: { read: 1, written: 1 }, posts: { read: 1, written: 1 } },
    });
    expect(await empty.desk.archive.records.findPublishedPost(POST)).toEqual(
      await full.desk.archive.records.findPublishedPost(POST),
    );
    const again = await inProcess(['archive', 'import', file], empty.env);
    expect(again.stdout).toMatch(/^TABLE +READ +WRITTEN\nbatches +1 +0\n/);
  });

  it('go through a pipe', async () => {
    const { code, stdout, stderr } = await copydesk(['archive', 'export'], full.env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(endLine(5));
    const imported = await inProcess(['archive', 'import', '-', '--json'], empty.env, stdout);
    expect(JSON.parse(imported.stdout)).toMatchObject({ file: '-', tables: { posts: { read: 1 } } });
  });

  it('write a file that only its owner reads, with what a person wants to know of it', async () => {
    const { stdout } = await inProcess(['archive', 'export', '--file', file], full.env);
    expect(stdout).toBe(`${file}: 5 lines (1 batches, 1 posts, 1 revisions, 1 publications)\n`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['desk.ndjson']);
  });

  it('leave a file alone that is there, unless told otherwise', async () => {
    await writeFile(file, 'mine');
    const refused = await inProcess(['archive', 'export', '--file', file], full.env);
    expect(refused).toEqual({
      code: 2,
      stdout: '',
      stderr: `file='${file}' is there already; --force writes over it\n`,
    });
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect((await inProcess(['archive', 'export', '--file', file, '--force'], full.env)).code).toBe(0);
    expect(await readFile(file, 'utf8')).toContain(POST);
  });

  it.each([
    [['export', '--json'], /^--json needs --file/],
    [['export', '--force'], /^--force is for --file/],
    [['import', 'nowhere.ndjson'], /^file='nowhere.ndjson' can't be read \(ENOENT\)/],
    [['import'], /missing required argument 'file'/],
  ])('%j is wrong use', async (args, message) => {
    const { code, stderr } = await inProcess(['archive', ...args], full.env);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) as string });
  });

  it('leave nothing where the file can not be', async () => {
    const place = join(folder, 'no', 'such', 'folder.ndjson');
    const { code, stderr } = await inProcess(['archive', 'export', '--file', place], full.env);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `file='${place}' can't be written (ENOENT); nothing was left there\n`,
    });
  });
});

describe('a desk that does not answer as it should', () => {
  it.each(['export', 'import'])('is named where it is not there: %s', async (what) => {
    await writeFile(file, 'anything');
    const env = { COPYDESK_API: `http://127.0.0.1:${await closedPort()}`, COPYDESK_TOKEN: TOKEN };
    const { code, stdout, stderr } = await inProcess(
      ['archive', what, ...(what === 'import' ? [file] : [])],
      env,
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^the desk does not answer at .* \(ECONNREFUSED\); start it with npm start/);
  });

  it('is not needed by rebuild, which names the Temporal server that is not there', async () => {
    const address = `127.0.0.1:${await closedPort()}`;
    const ended = await inProcess(['archive', 'rebuild'], { TEMPORAL_ADDRESS: address });
    const message = `no Temporal server at ${address}; start it with npm start, or set TEMPORAL_ADDRESS\n`;
    expect(ended).toEqual({ code: 1, stdout: '', stderr: message });
  });

  it.each([1_000, 30_000_000])('refuses a wrong token, of %d bytes too', async (bytes) => {
    await writeFile(file, 'x'.repeat(bytes));
    const env = { ...full.env, COPYDESK_TOKEN: 'another-desks-own-token' };
    for (const args of [['export'], ['import', file]]) {
      const { code, stderr } = await inProcess(['archive', ...args], env);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/ refuses the token; set COPYDESK_TOKEN/)]);
    }
  });

  it.each<[what: string, answer: RequestListener, message: RegExp]>([
    [
      'breaks off in a line',
      (_, answer) => void answer.writeHead(200).write('{"table":"copyd', () => answer.destroy()),
      /broke off its answer \(.*\); ask again/,
    ],
    [
      'ends too early',
      (_, answer) => void answer.end('{"table":"copydesk","row":{}}\n'),
      /is not whole; line 2: the export breaks off here/,
    ],
    [
      'is served under another name',
      (_, answer) => void answer.writeHead(403).end('{"error":{"message":"not served as \'desk:8300\'"}}'),
      /\/api\/archive with 403: not served as 'desk:8300'$/,
    ],
    ['is another server', (_, answer) => void answer.end('<p>Hello'), /is not whole; line 1: it is not JSON/],
    ['is of an older Copydesk', (_, answer) => void answer.writeHead(404).end(), /\/api\/archive with 404$/],
  ])('and %s leaves no file', async (_what, answer, message) => {
    const env = await inPlace(answer);
    const { code, stdout, stderr } = await inProcess(['archive', 'export', '--file', file], env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trimEnd()).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(await readdir(folder)).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });
});

describe('a file that is no export', () => {
  const future = '{"table":"copydesk","row":{"version":99,"migration":"999-later"}}';
  it.each([
    ['a picture', 'PNG\u0000', /line 1: it is not JSON/],
    ['empty', '', /line 1: it is empty/],
    ['of another program', '{"table":"notes","row":{}}\n' + endLine(1), /line 1: it is not the first line/],
    ['of a newer Copydesk', `${future}\n${endLine(1)}\n`, /line 1: the dump is of a newer Copydesk/],
    [
      'cut short',
      future.replace('99', '1').replace('999-later', '001'),
      /line 2: the export breaks off here/,
    ],
  ])('is refused with the line: %s', async (_what, text, message) => {
    await writeFile(file, text);
    const { code, stdout, stderr } = await inProcess(['archive', 'import', file, '--json'], empty.env);
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(stderr.startsWith(`file='${file}' can't be imported: line `)).toBe(true);
    expect(JSON.parse(stdout)).toEqual({ error: { message: stderr.trimEnd() } });
  });
});
