import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { tempFolder } from '../services/testing/temp-folder.js';

const root = tempFolder();

const modesOf = (...paths: string[]): string[] =>
  paths.map((path) => (statSync(path).mode & 0o777).toString(8));

/** In a process of its own: the umask is one for all of it. */
async function opened(folder: string, then = ''): Promise<string> {
  const source = new URL('data-folder.ts', import.meta.url).href;
  const script = `const { openDataFolder } = await import('${source}');
    const { writeFileSync, mkdirSync } = await import('node:fs');
    process.umask(0o022);
    openDataFolder(${JSON.stringify(folder)}, (line) => console.log(line)); ${then}`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  return (await promisify(execFile)(process.execPath, args)).stdout;
}

it('a new folder and what is made in it are for its user alone', async () => {
  const data = join(root, 'new', 'data');
  const [folder, file, other] = [join(data, 'assets'), join(data, 'assets', 'a'), join(data, 'b')];
  const make = `mkdirSync('${folder}'); writeFileSync('${file}', ''); writeFileSync('${other}', '');`;
  expect(await opened(data, make)).toBe('');
  expect(modesOf(data, folder, file, other)).toEqual(['700', '700', '600', '600']);
});

it('one that an older version left open is closed to its depth, and a link leads nowhere', async () => {
  const [data, elsewhere] = [join(root, 'data'), join(root, 'elsewhere')];
  const [archive, program, ...files] = ['archive/pgdata', 'run.sh', 'archive/pgdata/1', 'temporal.db'].map(
    (path) => join(data, path),
  );
  const folders = [data, join(data, 'archive'), archive!];
  mkdirSync(archive!, { recursive: true });
  for (const file of [program!, ...files, elsewhere]) writeFileSync(file, '');
  symlinkSync(elsewhere, join(data, 'link'));
  for (const path of [...folders, program!]) chmodSync(path, 0o777);
  for (const path of [...files, elsewhere]) chmodSync(path, 0o666);
  expect(await opened(data)).toBe('');
  expect(modesOf(...folders, program!)).toEqual(['700', '700', '700', '700']);
  expect(modesOf(...files, elsewhere)).toEqual(['600', '600', '666']);
});

it('says in one line that a folder can not be closed', async () => {
  const line = /^the data folder COPYDESK_DATA='\/proc\/self' can't be kept from [^\n]+\n$/;
  expect(await opened('/proc/self')).toMatch(line);
});
