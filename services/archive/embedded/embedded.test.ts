import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { smallDisk } from '../../../test/full-disk.js';
import { tempFolder } from '../../testing/temp-folder.js';
import { type Archive, openArchive } from '../archive.js';
import { batchRecord } from '../sample-records.js';

const root = tempFolder();

const open = (folder: string, onWait: (message: string) => void = () => undefined): Promise<Archive> =>
  openArchive({ databaseUrl: null, folder, onWait });

describe('a process that is killed while it writes', () => {
  const folder = join(root, 'killed');
  const saved: string[] = [];
  const told: string[] = [];
  let refused: unknown;
  let archive: Archive;

  beforeAll(async () => {
    const args = ['--import', 'tsx', fileURLToPath(new URL('archive.child.ts', import.meta.url)), folder];
    const writer = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(writer, 'exit');
    const lines = createInterface({ input: writer.stdout });
    await new Promise<void>((resolve, reject) => {
      lines.on('line', (id) => {
        saved.push(id);
        if (saved.length === 20) resolve();
      });
      writer.once('exit', (code) => reject(new Error(`the writer ended with ${code}`)));
    });
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
});

test('a database whose making was killed is made anew', async () => {
  const folder = join(root, 'half');
  await mkdir(join(folder, 'pgdata.new', 'base'), { recursive: true });
  await writeFile(join(folder, 'pgdata.new', 'PG_VERSION'), '17\n');
  const archive = await open(folder);
  await archive.migrate();
  expect(await archive.records.isEmpty()).toBe(true);
  await archive.close();
});

test('a database that is damaged is one line, and the folder is let go', async () => {
  const folder = join(root, 'damaged');
  await mkdir(join(folder, 'pgdata'), { recursive: true });
  await writeFile(join(folder, 'pgdata', 'PG_VERSION'), '17\n');
  const message = await open(folder).catch((error: Error) => error.message);
  expect(message).toMatch(/^archive folder \S+ can't be opened: .+$/);
  expect(await readdir(folder)).toEqual(['pgdata']);
});

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
  const words = /^archive folder \S+ was lost to another process \(.+\); stop one of the two/;
  expect(await message).toMatch(words);
  await expect(archive.records.saveBatch(batchRecord('UpkTZ26nc9Eb', 'ash'))).rejects.toThrow(await message);
  await archive.close();
  expect(await readdir(folder)).toContain('lock');
});

test('a disk without room is asked for nothing, and the archive is whole when there is room again', async () => {
  const disk = smallDisk(150);
  onTestFinished(() => disk.remove());
  const folder = join(disk.folder, 'archive');
  const archive = await open(folder);
  await archive.migrate();
  disk.fill();
  const refused = {
    name: 'ArchiveDiskFull',
    message: `archive folder ${folder} has 0 MB of room left on its disk; free some space there (40 MB at least)`,
  };
  await expect(archive.records.isEmpty()).rejects.toMatchObject(refused);
  await expect(archive.migrate()).rejects.toMatchObject(refused);
  disk.free();
  expect(await archive.records.isEmpty()).toBe(true);
  disk.fill();
  await archive.close();
  await expect(open(folder)).rejects.toMatchObject(refused);
  disk.free();
  const again = await open(folder);
  expect(await again.records.isEmpty()).toBe(true);
  await again.close();
});
