import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ArchiveAway } from '../services/archive/away.js';
import type { Archive } from '../services/archive/archive.js';
import { watchArchive } from './watch-archive.js';

let down: Error | null;
const archive = {
  records: { isEmpty: () => (down ? Promise.reject(down) : Promise.resolve(false)) },
  ledger: { release: (key: string) => (down ? Promise.reject(down) : Promise.resolve(key)) },
  transfer: {},
  deliveries: {},
} as unknown as Archive;

beforeEach(() => {
  down = null;
  vi.useFakeTimers({ now: new Date('2026-11-24T10:00:00Z') });
});
afterEach(() => vi.useRealTimers());

it('says once when the archive is away and once when it is back, though nobody asks for it', async () => {
  const said: string[] = [];
  const watched = watchArchive(archive, (line) => said.push(line));
  expect(await watched.ledger.release('one')).toBe('one');
  down = new ArchiveAway('archive postgres://db can not be reached');
  await expect(watched.ledger.release('two')).rejects.toBe(down);
  await expect(watched.ledger.release('three')).rejects.toBe(down);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual([
    'The archive is away since 2026-11-24T10:00:00.000Z (archive postgres://db can not be reached); work continues by itself when it is back',
  ]);
  down = null;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said.slice(1)).toEqual(['The archive is back after 65 s']);
});

it('leaves any other error to whoever asked', async () => {
  const said: string[] = [];
  down = new Error('duplicate key');
  await expect(watchArchive(archive, (line) => said.push(line)).ledger.release('one')).rejects.toBe(down);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual([]);
});
