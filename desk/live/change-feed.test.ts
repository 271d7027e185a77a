import { expect, it, vi } from 'vitest';
import type { Changes } from '../../contract/lists.js';
import { createChangeFeed, type Listener } from './change-feed.js';

const NOW = new Date('2026-06-28T15:20:00.000Z');
const PATIENCE = { timeout: 20_000, interval: 1 };

/** An archive whose rows and failures a test sets. */
function openFeed() {
  const errors: string[] = [];
  const archive = { rows: [] as { id: string; status: string }[], asked: [] as string[], isAway: false };
  const feed = createChangeFeed({
    source: {
      async listChanges(since) {
        archive.asked.push(since);
        if (archive.isAway) throw new Error('away');
        const posts = archive.rows.map((row) => ({ row: { ...row }, savedAt: '' })) as unknown;
        return { posts: posts as Changes['posts'], batches: [], at: NOW.toISOString() };
      },
    },
    now: () => NOW,
    log: (error) => errors.push(error.message),
    lookEveryMs: 2,
  });
  return { feed, archive, errors };
}

function listener(): Listener & { readonly heard: string[] } {
  const heard: string[] = [];
  return {
    heard,
    hear: (changes) => heard.push(...changes.map(({ row }) => `${row.id} ${row.status}`)),
    beat: () => undefined,
  };
}

const looks = ({ asked }: { asked: string[] }, more: number) => {
  const wanted = asked.length + more;
  return vi.waitUntil(() => asked.length >= wanted, PATIENCE);
};

it('tells all who listen of a change once, from one look, and looks back some seconds', async () => {
  const { feed, archive } = openFeed();
  const [a, b] = [listener(), listener()];
  const leave = [feed.listen(a), feed.listen(b)];
  archive.rows = [{ id: 'one', status: 'drafting' }];
  await looks(archive, 3);
  archive.rows = [{ id: 'one', status: 'blocked' }];
  await looks(archive, 3);
  for (const each of leave) each?.();
  expect(a.heard).toEqual(['one drafting', 'one blocked']);
  expect(b.heard).toEqual(a.heard);
  expect(new Set(archive.asked)).toEqual(new Set(['2026-06-28T15:19:55.000Z']));
});

it('does not look while nobody listens, and looks again for the next who does', async () => {
  const { feed, archive } = openFeed();
  feed.listen(listener())?.();
  const other = openFeed();
  const leaveOther = other.feed.listen(listener());
  await looks(other.archive, 5);
  leaveOther?.();
  expect(archive.asked).toEqual([]);
  const next = listener();
  archive.rows = [{ id: 'one', status: 'drafting' }];
  const leave = feed.listen(next);
  await looks(archive, 2);
  leave?.();
  expect(next.heard).toEqual(['one drafting']);
});

it('tells who comes later what the last look found', async () => {
  const { feed, archive } = openFeed();
  archive.rows = [{ id: 'one', status: 'drafting' }];
  const leaveFirst = feed.listen(listener());
  await looks(archive, 2);
  const late = listener();
  const leave = feed.listen(late);
  expect(late.heard).toEqual(['one drafting']);
  leaveFirst?.();
  leave?.();
});

it('asks back from where a listener left off', async () => {
  const { feed, archive } = openFeed();
  archive.rows = [{ id: 'one', status: 'drafting' }];
  const back = listener();
  const leave = feed.listen(back, '2026-06-28T14:00:00.000Z');
  await vi.waitUntil(() => back.heard.length > 0, PATIENCE);
  leave?.();
  expect(archive.asked).toContain('2026-06-28T13:59:55.000Z');
});

it('goes on when the archive is back', async () => {
  const { feed, archive, errors } = openFeed();
  const one = listener();
  const leave = feed.listen(one);
  archive.isAway = true;
  await looks(archive, 2);
  archive.isAway = false;
  archive.rows = [{ id: 'one', status: 'published' }];
  await looks(archive, 2);
  leave?.();
  expect(one.heard).toEqual(['one published']);
  expect(errors).toContain('away');
});

it('takes a hundred, and one more once one has left', () => {
  const { feed } = openFeed();
  const leaves = Array.from({ length: 100 }, () => feed.listen(listener()));
  expect(feed.listen(listener())).toBeNull();
  leaves[7]?.();
  const last = feed.listen(listener());
  expect(last).not.toBeNull();
  for (const leave of [...leaves, last]) leave?.();
});
