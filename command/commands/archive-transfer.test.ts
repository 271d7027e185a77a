import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { endLine } from '../../contract/archive-export.js';
import { OPENING_MS, TOKEN, useDeskOverHttp } from '../../desk/testing/use-desk.js';
import { samplePost } from '../../desk/testing/samples.js';
import { listenOnLoopback } from '../../test/loopback.js';
import { closedPort, copydesk } from '../testing/command.js';
import { inJson, inProcess } from '../testing/in-process.js';

const POST = 'PublicPost01';
const at = (url: string) => ({ COPYDESK_API: url, COPYDESK_TOKEN: TOKEN });

const full = useDeskOverHttp();
const empty = useDeskOverHttp();
beforeAll(async () => {
  await full.desk.saveBatch();
  await full.desk.publish(samplePost(POST));
}, OPENING_MS);

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copydesk-export-'));
  file = join(folder, 'desk.ndjson');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const exportTo = (place: string, ...more: string[]) =>
  inProcess(['archive', 'export', '--file', place, ...more], at(full.served.url));

describe('archive export and archive import', () => {
  it('carry everything from one archive to another, once', async () => {
    const exported = await inJson(['archive', 'export', '--file', file], at(full.served.url));
    const tables = { batches: 1, posts: 1, revisions: 1, publications: 1 };
    expect(exported).toMatchObject({ code: 0, document: { file, lines: 5, tables } });
    const imported = await inJson(['archive', 'import', file], at(empty.served.url));
    const once = { read: 1, written: 1 };
    expect(imported).toMatchObject({ code: 0, document: { file, tables: { batches: once, posts: once } } });
    expect(await empty.desk.archive.records.findPublishedPost(POST)).toEqual(
      await full.desk.archive.records.findPublishedPost(POST),
    );
    const again = await inProcess(['archive', 'import', file], at(empty.served.url));
    expect(again.stdout).toMatch(/^TABLE +READ +WRITTEN\nbatches +1 +0\n/);
  });

  it('go through a pipe', async () => {
    const { code, stdout, stderr } = await copydesk(['archive', 'export'], at(full.served.url));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(endLine(5));
    const { document } = await inJson(['archive', 'import', '-'], at(empty.served.url), stdout);
    expect(document).toMatchObject({ file: '-', tables: { posts: { read: 1 } } });
  });

  it('write a file that only its owner reads, with what a person wants to know of it', async () => {
    const { stdout } = await exportTo(file);
    expect(stdout).toBe(`${file}: 5 lines (1 batches, 1 posts, 1 revisions, 1 publications)\n`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['desk.ndjson']);
  });

  it('leave a file alone that is there, unless told otherwise', async () => {
    await writeFile(file, 'mine');
    const stderr = `file='${file}' is there already; --force writes over it\n`;
    expect(await exportTo(file)).toEqual({ code: 2, stdout: '', stderr });
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect((await exportTo(file, '--force')).code).toBe(0);
    expect(await readFile(file, 'utf8')).toContain(POST);
  });

  it('leave nothing where the file can not be', async () => {
    const place = join(folder, 'no', 'such', 'folder.ndjson');
    const stderr = `file='${place}' can't be written (ENOENT); nothing was left there\n`;
    expect(await exportTo(place)).toEqual({ code: 1, stdout: '', stderr });
  });

  it.each([
    [['export', '--json'], /^--json needs --file/],
    [['export', '--force'], /^--force is for --file/],
    [['import', 'nowhere.ndjson'], /^file='nowhere.ndjson' can't be read \(ENOENT\)/],
  ])('%j is wrong use', async (args, message) => {
    const { code, stderr } = await inProcess(['archive', ...args], at(full.served.url));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) as string });
  });
});

describe('a desk that does not answer as it should', () => {
  it.each(['export', 'import'])('is named where it is not there: %s', async (what) => {
    await writeFile(file, 'anything');
    const args = ['archive', what, ...(what === 'import' ? [file] : [])];
    const { code, stdout, stderr } = await inProcess(args, at(`http://127.0.0.1:${await closedPort()}`));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^the desk does not answer at .* \(ECONNREFUSED\); start it with npm start/);
  });

  it.each([1_000, 30_000_000])('refuses a wrong token, of %d bytes too', async (bytes) => {
    await writeFile(file, 'x'.repeat(bytes));
    const env = { ...at(full.served.url), COPYDESK_TOKEN: 'another-desks-own-token' };
    for (const args of [['export'], ['import', file]]) {
      const { code, stderr } = await inProcess(['archive', ...args], env);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/ refuses the token; set COPYDESK_TOKEN/)]);
    }
  });

  const foreign = '{"error":{"message":"not served as \'desk:8300\'"}}';
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
      (_, answer) => void answer.writeHead(403).end(foreign),
      /\/api\/archive with 403: not served as 'desk:8300'$/,
    ],
    ['is of an older Copydesk', (_, answer) => void answer.writeHead(404).end(), /\/api\/archive with 404$/],
  ])('and %s leaves no file', async (_what, answer, message) => {
    const { url, close } = await listenOnLoopback(createServer(answer));
    onTestFinished(close);
    const { code, stdout, stderr } = await inProcess(['archive', 'export', '--file', file], at(url));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trimEnd()).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(await readdir(folder)).toEqual([]);
  });
});

const future = '{"table":"copydesk","row":{"version":99,"migration":"999-later"}}';
it.each([
  ['of another program', `{"table":"notes","row":{}}\n${endLine(1)}`, /line 1: it is not the first line/],
  ['of a newer Copydesk', `${future}\n${endLine(1)}\n`, /line 1: the dump is of a newer Copydesk/],
  ['cut short', future.replace('99', '1').replace('999-later', '001'), /line 2: the export breaks off/],
])('a file that is %s is refused with the line', async (_what, text, message) => {
  await writeFile(file, text);
  const { code, stderr, document } = await inJson(['archive', 'import', file], at(empty.served.url));
  expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
  expect(stderr.startsWith(`file='${file}' can't be imported: line `)).toBe(true);
  expect(document).toEqual({ error: { message: stderr.trimEnd() } });
});
