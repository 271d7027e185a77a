import { describe, expect, it, vi } from 'vitest';
import type { Changes } from '../../contract/lists.js';
import { type Change, type ChangeListener, createChangeFeed, lookSince, newsOf } from './change-feed.js';

const NOW = new Date('2026-06-28T15:20:00.000Z');
const PATIENCE = { timeout: 20_000, interval: 1 };
const saved = (id: string, status: string, savedAt = ''): Changes['posts'][number] =>
  ({ row: { id, status }, savedAt }) as Changes['posts'][number];

/** An archive whose posts and failures a test sets. */
function openFeed() {
  const errors: string[] = [];
  const archive = { posts: [] as Changes['posts'], asked: [] as string[], isAway: false };
  const listChanges = async (since: string): Promise<Changes> => {
    archive.asked.push(since);
    if (archive.isAway) throw new Error('away');
    return { posts: archive.posts, batches: [], at: NOW.toISOString() };
  };
  const log = (error: Error) => errors.push(error.message);
  const feed = createChangeFeed({ source: { listChanges }, now: () => NOW, log, lookEveryMs: 2 });
  return { feed, archive, errors };
}

function listener(): ChangeListener & { readonly heard: string[] } {
  const heard: string[] = [];
  const hear = (changes: readonly Change[]) =>
    void heard.push(...changes.map(({ row }) => `${row.id} ${row.status}`));
  return { heard, hear, beat: () => undefined };
}

const looks = ({ asked }: { asked: string[] }, more: number) => {
  const wanted = asked.length + more;
  return vi.waitUntil(() => asked.length >= wanted, PATIENCE);
};

describe('the feed of changes', () => {
  it('tells all who listen of a change once, from one look, and looks back some seconds', async () => {
    const { feed, archive } = openFeed();
    const [a, b] = [listener(), listener()];
    const leave = [feed.listen(a), feed.listen(b)];
    archive.posts = [saved('one', 'drafting')];
    await looks(archive, 3);
    archive.posts = [saved('one', 'blocked')];
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
    archive.posts = [saved('one', 'drafting')];
    const leave = feed.listen(next);
    await looks(archive, 2);
    leave?.();
    expect(next.heard).toEqual(['one drafting']);
  });

  it('tells who comes later what the last look found', async () => {
    const { feed, archive } = openFeed();
    archive.posts = [saved('one', 'drafting')];
    const leaveFirst = feed.listen(listener());
    await looks(archive, 2);
    const late = listener();
    const leave = feed.listen(late);
    expect(late.heard).toEqual(['one drafting']);
    for (const each of [leaveFirst, leave]) each?.();
  });

  it('asks back from where a listener left off', async () => {
    const { feed, archive } = openFeed();
    archive.posts = [saved('one', 'drafting')];
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
    archive.posts = [saved('one', 'published')];
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
});

describe('a look', () => {
  const at = (second: number): string => `2026-01-01T00:00:0${second}.000Z`;
  const rows = (count: number) => Array.from({ length: count }, (_, id) => saved(String(id), 'drafting'));

  it('reads on where a part was full, from where it ended', async () => {
    const asked: string[] = [];
    const listChanges = async (since: string, limit: number): Promise<Changes> => {
      const isFirst = asked.push(since) === 1;
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
});

describe('news', () => {
  const post = (...words: Parameters<typeof saved>): Change => ({ event: 'post', ...saved(...words) });
  const { seen } = newsOf([post('a', 'drafting')], new Map());
  const ofOneId = [post('b', 'drafting'), { ...post('b', 'drafting'), event: 'batch' } as unknown as Change];

  it.each<[what: string, found: Change[], news: Change[]]>([
    ['a row that stands as it stood', [post('a', 'drafting')], []],
    ['a row that has changed', [post('a', 'blocked')], [post('a', 'blocked')]],
    // A page may show more of the record than the row has.
    ['a row that was saved again', [post('a', 'drafting', 'later')], [post('a', 'drafting', 'later')]],
    ['a row found twice in one look', [post('b', 'drafting'), post('b', 'blocked')], [post('b', 'blocked')]],
    ['a post and a batch of one id', ofOneId, ofOneId],
  ])('of %s', (_what, found, news) => expect(newsOf(found, seen).changes).toEqual(news));

  it('is again of a row that a look did not find', () => {
    expect([...newsOf([post('b', 'drafting')], seen).seen.keys()]).toEqual(['post b']);
  });
});
