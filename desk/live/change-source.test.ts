import { expect, it } from 'vitest';
import type { Changes } from '../../contract/lists.js';
import { lookSince } from './change-source.js';

const rows = (count: number) =>
  Array.from(
    { length: count },
    (_, id) => ({ row: { id: String(id) }, savedAt: '' }) as Changes['posts'][number],
  );
const at = (second: number): string => `2026-01-01T00:00:0${second}.000Z`;

it('reads on where a part was full, from where it ended', async () => {
  const asked: string[] = [];
  const listChanges = async (since: string, limit: number): Promise<Changes> => {
    asked.push(since);
    const isFirst = asked.length === 1;
    return { posts: rows(isFirst ? limit : 3), batches: [], at: at(isFirst ? 5 : 9) };
  };
  const look = await lookSince({ listChanges }, at(0));
  expect(asked).toEqual([at(0), at(5)]);
  expect(look).toMatchObject({ changes: { length: 503 }, at: at(9), more: false });
});

it('stops after 3,000 rows, and says that there is more', async () => {
  let second = 0;
  const listChanges = async (_since: string, limit: number): Promise<Changes> => {
    second += 1;
    return { posts: rows(limit), batches: [], at: at(second) };
  };
  const look = await lookSince({ listChanges }, at(0));
  expect(look).toMatchObject({ changes: { length: 3_000 }, at: at(6), more: true });
});
