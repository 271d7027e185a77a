import { expect, it } from 'vitest';
import type { Changes } from '../../contract/lists.js';
import { lookSince } from './change-source.js';

const row = (id: number) => ({ row: { id: String(id) }, savedAt: '' }) as Changes['posts'][number];

it('reads on where a part was full, from where it ended', async () => {
  const asked: string[] = [];
  const { changes, at, more } = await lookSince(
    {
      async listChanges(since, limit) {
        asked.push(since);
        const isFirst = asked.length === 1;
        const posts = Array.from({ length: isFirst ? limit : 3 }, (_, index) => row(index));
        return { posts, batches: [], at: isFirst ? '2026-01-01T00:00:05.000Z' : '2026-01-01T00:00:09.000Z' };
      },
    },
    '2026-01-01T00:00:00.000Z',
  );
  expect(asked).toEqual(['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:05.000Z']);
  expect(changes).toHaveLength(503);
  expect({ at, more }).toEqual({ at: '2026-01-01T00:00:09.000Z', more: false });
});

it('stops after 3,000 rows, and says that there is more', async () => {
  let second = 0;
  const look = await lookSince(
    {
      async listChanges(_since, limit) {
        second += 1;
        const posts = Array.from({ length: limit }, (_, index) => row(index));
        return { posts, batches: [], at: `2026-01-01T00:00:0${second}.000Z` };
      },
    },
    '2026-01-01T00:00:00.000Z',
  );
  expect(look.changes).toHaveLength(3_000);
  expect(look).toMatchObject({ at: '2026-01-01T00:00:06.000Z', more: true });
});
