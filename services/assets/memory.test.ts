import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startHostileServer } from '../testing/hostile-server.js';
import { tempFolder } from '../testing/temp-folder.js';

const folder = tempFolder();

test('four files without end take four times their limit of the disk, and none of it of the memory', async () => {
  const server = await startHostileServer();
  onTestFinished(() => server.close());
  const script = fileURLToPath(new URL('testing/take-endless.ts', import.meta.url));
  const args = ['--import', 'tsx', script, server.url, folder, '4', '100000000'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const { answers, grown } = JSON.parse(await text(child.stdout)) as { answers: string[]; grown: number };
  expect(answers).toEqual(Array(4).fill('fal: download: the answer is larger than 100,000,000 bytes'));
  expect(server.sent()).toBeGreaterThan(400_000_000);
  expect(grown).toBeLessThan(150_000_000);
  expect(await readdir(join(folder, 'incoming')), 'and nothing stays').toEqual([]);
});
