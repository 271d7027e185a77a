import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';

let root: string;
afterEach(() => rmSync(root, { recursive: true, force: true }));

const source = fileURLToPath(new URL('data-folder.ts', import.meta.url));
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** In a process of its own: the umask is one for all of it. */
async function opened(folder: string, then = ''): Promise<string> {
  const script = `const { openDataFolder } = await import(${JSON.stringify(source)});
    const { writeFileSync, mkdirSync } = await import('node:fs');
    process.umask(0o022);
    openDataFolder(${JSON.stringify(folder)}, (line) => console.log(line)); ${then}`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  return (await promisify(execFile)(process.execPath, args)).stdout;
}

it('a new folder and what is made in it are for its user alone', async () => {
  root = mkdtempSync(join(tmpdir(), 'copydesk-data-'));
  const data = join(root, 'a', 'data');
  expect(
    await opened(
      data,
      `mkdirSync('${data}/assets'); writeFileSync('${data}/assets/a', ''); writeFileSync('${data}/b', '');`,
    ),
  ).toBe('');
  expect([data, join(data, 'assets'), join(data, 'assets', 'a'), join(data, 'b')].map(modeOf)).toEqual([
    ...['700', '700', '600', '600'],
  ]);
});

it('one that an older version left open is closed to its depth, and a link leads nowhere', async () => {
  root = mkdtempSync(join(tmpdir(), 'copydesk-data-'));
  const [data, elsewhere] = [join(root, 'data'), join(root, 'elsewhere')];
  mkdirSync(join(data, 'archive', 'pgdata'), { recursive: true });
  for (const file of ['temporal.db', 'archive/pgdata/1', 'run.sh']) writeFileSync(join(data, file), '');
  writeFileSync(elsewhere, '');
  symlinkSync(elsewhere, join(data, 'link'));
  for (const path of [data, join(data, 'archive'), join(data, 'archive/pgdata'), join(data, 'run.sh')])
    chmodSync(path, 0o777);
  for (const path of [join(data, 'temporal.db'), join(data, 'archive/pgdata/1'), elsewhere])
    chmodSync(path, 0o666);
  expect(await opened(data)).toBe('');
  const paths = ['', 'archive', 'archive/pgdata', 'archive/pgdata/1', 'temporal.db', 'run.sh'];
  expect(paths.map((path) => modeOf(join(data, path)))).toEqual(['700', '700', '700', '600', '600', '700']);
  expect(modeOf(elsewhere)).toBe('666');
});

it('says in one line that a folder can not be closed', async () => {
  root = mkdtempSync(join(tmpdir(), 'copydesk-data-'));
  expect(await opened('/proc/self')).toMatch(
    /^the data folder COPYDESK_DATA='\/proc\/self' can't be kept from [^\n]+\n$/,
  );
});
