import { afterEach, expect, test } from 'vitest';
import { freeTemporalPort } from '../../test/ports.js';
import { openEmbeddedTemporal } from './open.js';
import { readProcesses } from './processes.js';
import { servesDatabase, type DevServer } from './server-process.js';
import { keepServing } from './supervise.js';
import { dataFolder, temporalBinary } from './testing/install.js';
import { until } from '../../test/until.js';

const cleanUps: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

test('a server that is killed is started again over its database, is written down, and ends when asked to', async () => {
  const { data, remove } = dataFolder();
  cleanUps.push(remove);
  const port = await freeTemporalPort();
  const open = (): Promise<DevServer> =>
    openEmbeddedTemporal({
      ...{ data, port, uiPort: null, obtain: temporalBinary },
      searchAttributes: { PostStatus: 'Keyword' },
    });
  const first = await open();
  const said: string[] = [];
  const kept = keepServing(first, { reopen: open, say: (line) => said.push(line) });
  cleanUps.push(() => kept.stop());
  process.kill(first.pid, 'SIGKILL');
  await until(
    () => Promise.resolve(said),
    (lines) => lines.length === 2,
  );
  expect(said).toEqual([
    'The Temporal server ended unexpectedly; it is started again over the same database',
    `The Temporal server serves 127.0.0.1:${port} again`,
  ]);
  const second = readProcesses(data).temporal;
  expect(second?.pid).not.toBe(first.pid);
  expect(servesDatabase(Number(second?.pid), String(second?.dbFile))).toBe(true);
  await kept.stop();
  expect(servesDatabase(Number(second?.pid), String(second?.dbFile))).toBe(false);
  expect(said).toHaveLength(2);
});

test('one that does not stay up is given up in one line', async () => {
  const ended = (): DevServer => ({
    ...{ pid: 0, address: '127.0.0.1:1', uiUrl: '' },
    exited: Promise.resolve(),
    stop: () => Promise.resolve(),
  });
  const said: string[] = [];
  const kept = keepServing(ended(), {
    reopen: () => Promise.resolve(ended()),
    say: (line) => said.push(line),
  });
  await expect(kept.failed).rejects.toThrow(
    /^The Temporal server does not stay up; the last time it ended unexpectedly$/,
  );
  expect(said.filter((line) => line.includes('started again'))).toHaveLength(5);
});
