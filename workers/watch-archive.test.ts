import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Archive } from '../services/archive/archive.js';
import { ArchiveAway, ArchiveFull, ArchiveHeld } from '../services/archive/database.js';
import { watchArchive } from './watch-archive.js';

let down: Error | null = null;
const answer = <T>(value: T): Promise<T> => (down ? Promise.reject(down) : Promise.resolve(value));
const archive = {
  records: { isEmpty: () => answer(false) },
  ledger: { release: (key: string) => answer(key) },
  transfer: {},
  deliveries: {},
  slots: { giveBack: () => answer(undefined) },
  news: {},
  chats: {},
  postSearch: {},
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
  const away = new ArchiveAway('archive postgres://db can not be reached');
  down = away;
  await expect(watched.ledger.release('two')).rejects.toBe(away);
  await expect(watched.ledger.release('three')).rejects.toBe(away);
  await vi.advanceTimersByTimeAsync(60_000);
  const since = (time: string) =>
    `The archive is away since 2026-11-24T${time}.000Z (archive postgres://db can not be reached); work continues by itself when it is back`;
  expect(said).toEqual([since('10:00:00')]);
  down = null;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await watched.ledger.release('four')).toBe('four');
  expect(said.slice(1)).toEqual(['The archive is back after 65 s']);
  down = away;
  await expect(watched.ledger.release('five')).rejects.toBe(away);
  expect(said.slice(2)).toEqual([since('10:01:05')]);
});

it.each([new Error('duplicate key'), new ArchiveHeld("another holds an account's money")])(
  'leaves any other error to whoever asked: %s',
  async (error) => {
    const said: string[] = [];
    down = error;
    await expect(watchArchive(archive, (line) => said.push(line)).ledger.release('one')).rejects.toBe(down);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual([]);
  },
);

it('tells an archive whose connections are all at work from one that is away', async () => {
  const said: string[] = [];
  const watched = watchArchive(archive, (line) => said.push(line));
  down = new ArchiveFull('all 24 connections are at work');
  await expect(watched.slots.giveBack({} as never)).rejects.toBe(down);
  down = null;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said).toEqual([
    'The archive has no connection free since 2026-11-24T10:00:00.000Z (all 24 connections are at work); work continues by itself when it has',
    'The archive has connections free again after 5 s',
  ]);
});
