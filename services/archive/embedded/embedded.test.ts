import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Archive } from '../archive.js';
import { openArchive } from '../open.js';
import { batchRecord } from '../sample-records.js';

const root = mkdtempSync(join(tmpdir(), 'copydesk-embedded-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const open = (folder: string, onWait: (message: string) => void = () => undefined): Promise<Archive> =>
  openArchive({ databaseUrl: null, folder, onWait });

function startWriter(folder: string): ChildProcess {
  const script = fileURLToPath(new URL('archive.child.ts', import.meta.url));
  return spawn(process.execPath, ['--import', 'tsx', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('a process that is killed while it writes', () => {
  const folder = join(root, 'killed');
  const saved: string[] = [];
  const told: string[] = [];
  let refused: unknown;
  let archive: Archive;

  beforeAll(async () => {
    const writer = startWriter(folder);
    const ended = once(writer, 'exit');
    const lines = createInterface({ input: writer.stdout! });
    const enough = new Promise<void>((resolve, reject) => {
      lines.on('line', (id) => {
        saved.push(id);
        if (saved.length === 20) resolve();
      });
      writer.once('exit', (code) => reject(new Error(`the writer ended with ${code}`)));
    });
    await enough;
    refused = await open(folder).catch((error: unknown) => error);
    archive = await open(folder, (message) => {
      told.push(message);
      writer.kill('SIGKILL');
    });
    await ended;
  }, 120_000);
  afterAll(() => archive.close());

  test('held the folder against others while it lived', () => {
    expect((refused as Error).message).toMatch(
      /^archive folder \S+ is in use by another process \(pid \d+\); stop it or set COPYDESK_DATA$/,
    );
  });

  test('leaves the folder to the next, who is told of the wait', () => {
    expect(told).toEqual([
      expect.stringMatching(/^archive folder \S+ is held \(pid \d+\); waiting up to 8 s for it$/),
    ]);
  });

  test('leaves every post behind that it had saved', async () => {
    await archive.migrate();
    const found = new Set((await archive.records.listPosts()).posts.map(({ id }) => id));
    expect(saved.length).toBeGreaterThanOrEqual(20);
    expect(saved.filter((id) => !found.has(id))).toEqual([]);
  });
});

test('a folder that was closed is free at once, and leaves no lock behind', async () => {
  const folder = join(root, 'closed');
  const first = await open(folder);
  await first.close();
  await first.close();
  expect(await readdir(folder)).toEqual(['pgdata']);
  const told: string[] = [];
  await (await open(folder, (message) => told.push(message))).close();
  expect(told).toEqual([]);
}, 120_000);

test('a database whose making was killed is made anew', async () => {
  const folder = join(root, 'half');
  await mkdir(join(folder, 'pgdata.new', 'base'), { recursive: true });
  await writeFile(join(folder, 'pgdata.new', 'PG_VERSION'), '17\n');
  const archive = await open(folder);
  await archive.migrate();
  expect(await archive.records.isEmpty()).toBe(true);
  await archive.close();
}, 120_000);

test('a database that is damaged is one line, and the folder is let go', async () => {
  const folder = join(root, 'damaged');
  await mkdir(join(folder, 'pgdata'), { recursive: true });
  await writeFile(join(folder, 'pgdata', 'PG_VERSION'), '17\n');
  const message = await open(folder).catch((error: Error) => error.message);
  expect(message).toMatch(/^archive folder \S+ can't be opened: .+$/);
  expect(await readdir(folder)).toEqual(['pgdata']);
}, 120_000);

test('who loses the folder is told once, and touches it no more', async () => {
  const folder = join(root, 'lost');
  let lost!: (message: string) => void;
  const message = new Promise<string>((resolve) => (lost = resolve));
  const archive = await openArchive({ databaseUrl: null, folder, onLost: (text) => lost(text) });
  await archive.migrate();
  // What a process does that finds the lock stale: it removes it and makes its own.
  await rm(join(folder, 'lock'), { recursive: true });
  await mkdir(join(folder, 'lock'));
  await utimes(join(folder, 'lock'), new Date(0), new Date(0));
  expect(await message).toMatch(
    /^archive folder \S+ was lost to another process \(.+\); stop one of the two/,
  );
  await expect(archive.records.saveBatch(batchRecord('UpkTZ26nc9Eb', 'ash'))).rejects.toThrow(await message);
  await archive.close();
  expect(await readdir(folder)).toContain('lock');
}, 120_000);
