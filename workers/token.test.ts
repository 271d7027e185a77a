import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { deskToken } from './token.js';

const root = mkdtempSync(join(tmpdir(), 'copydesk-token-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('is made once, in the data folder, where only its owner reads it', async () => {
  const data = join(root, 'not/there/yet');
  const token = await deskToken({ token: null, data });
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(await readFile(join(data, 'token'), 'utf8')).toBe(`${token}\n`);
  expect((await stat(join(data, 'token'))).mode & 0o777).toBe(0o600);
  expect(await deskToken({ token: null, data })).toBe(token);
});

it('is another in another install', async () => {
  const tokens = [join(root, 'a'), join(root, 'b')].map((data) => deskToken({ token: null, data }));
  expect(await tokens[0]).not.toBe(await tokens[1]);
});

it('is the one that is set, and then nothing is written', async () => {
  const data = join(root, 'set');
  expect(await deskToken({ token: 'from-the-environment', data })).toBe('from-the-environment');
  await expect(stat(data)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('is refused where somebody has put a weak one into the file', async () => {
  const data = join(root, 'weak');
  await mkdir(data);
  await writeFile(join(data, 'token'), 'hunter2\n');
  const refused = deskToken({ token: null, data });
  await expect(refused).rejects.toThrow(
    `${join(data, 'token')}='*******' is not a token of 20 or more letters`,
  );
});

it('is made again where the file is empty', async () => {
  const data = join(root, 'empty');
  await mkdir(data);
  await writeFile(join(data, 'token'), ' \n');
  expect(await deskToken({ token: null, data })).toMatch(/^[\w-]{32}$/);
});
