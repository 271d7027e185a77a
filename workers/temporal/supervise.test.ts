import { expect, onTestFinished, test } from 'vitest';
import { freeTemporalPort } from '../../test/ports.js';
import { openEmbeddedTemporal } from './open.js';
import { readProcesses } from './processes.js';
import { servesDatabase, type DevServer } from './server-process.js';
import { keepServing } from './supervise.js';
import { dataFolder } from './testing/data-folder.js';
import { temporalBinary } from './testing/install.js';

test('a server that is killed is started again over its database, is written down, and ends when asked to', async () => {
  const data = dataFolder();
  const port = await freeTemporalPort();
  const options = { data, port, uiPort: null, obtain: temporalBinary };
  const open = () => openEmbeddedTemporal({ ...options, searchAttributes: { PostStatus: 'Keyword' } });
  const first = await open();
  const said: string[] = [];
  const kept = keepServing(first, { reopen: open, say: (line) => said.push(line) });
  onTestFinished(() => kept.stop());
  process.kill(first.pid, 'SIGKILL');
  await expect
    .poll(() => said, { timeout: 60_000 })
    .toEqual([
      'The Temporal server ended unexpectedly; it is started again over the same database',
      `The Temporal server serves 127.0.0.1:${port} again`,
    ]);
  const { pid, dbFile } = readProcesses(data).temporal!;
  expect(pid).not.toBe(first.pid);
  expect(servesDatabase(pid, dbFile)).toBe(true);
  await kept.stop();
  expect(servesDatabase(pid, dbFile)).toBe(false);
  expect(said).toHaveLength(2);
});

test('one that does not stay up is given up in one line', async () => {
  const exited = Promise.resolve();
  const ended: DevServer = { pid: 0, address: '127.0.0.1:1', uiUrl: '', exited, stop: () => exited };
  const said: string[] = [];
  const kept = keepServing(ended, { reopen: async () => ended, say: (line) => said.push(line) });
  const line = /^The Temporal server does not stay up; the last time it ended unexpectedly$/;
  await expect(kept.failed).rejects.toThrow(line);
  expect(said.filter((one) => one.includes('started again'))).toHaveLength(5);
});
