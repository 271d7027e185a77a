import { writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../services/testing/temp-folder.js';
import { deskToken } from './secrets.js';

const data = tempFolder();
const made = (folder = data) => deskToken({ token: null, data: folder });

it('is made once for an install, in its data folder, where only its owner reads it', async () => {
  const folder = join(data, 'not/there/yet');
  const token = await made(folder);
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(await readFile(join(folder, 'token'), 'utf8')).toBe(`${token}\n`);
  expect((await stat(join(folder, 'token'))).mode & 0o777).toBe(0o600);
  expect(await made(folder)).toBe(token);
  expect(await made()).not.toBe(token);
});

it('is the one that is set, and then nothing is written', async () => {
  const folder = join(data, 'set');
  expect(await deskToken({ token: 'from-the-environment', data: folder })).toBe('from-the-environment');
  await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('is refused where somebody has put a weak one into the file, and made again where that is empty', async () => {
  const file = join(data, 'token');
  writeFileSync(file, 'hunter2\n');
  await expect(made()).rejects.toThrow(`${file}='*******' is not a token of 20 or more letters`);
  writeFileSync(file, ' \n');
  expect(await made()).toMatch(/^[\w-]{32}$/);
});
