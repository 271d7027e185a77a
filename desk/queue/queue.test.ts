import { describe, expect, it } from 'vitest';
import type { PostCounts, PostSummary } from '../../contract/lists.js';
import type { PostQuery } from '../../services/archive/records/records.js';
import {
  queueQuery,
  queueSearch,
  statesOf,
  type QueueQuery,
  neighbours,
  queueAfter,
  queuePage,
} from './queue.js';
import { BadRequest } from '../http/bad-request.js';

const asked = (search: string): QueueQuery => {
  const given = new URLSearchParams(search);
  return queueQuery((name) => given.get(name) ?? undefined);
};

describe('the list that an address asks for', () => {
  it.each([
    ['', { status: 'queue' }],
    ['status=blocked', { status: 'blocked' }],
    ['account=harbor', { status: 'queue', account: 'harbor' }],
    ['batch=BatchBatch01', { status: 'any', batch: 'BatchBatch01' }],
    ['q=+tide++clock+', { status: 'any', q: 'tide  clock' }],
    ['q=tide&status=queue', { status: 'queue', q: 'tide' }],
    ['q=+', { status: 'queue' }],
  ])('%j', (search, query) => expect(asked(search)).toEqual(query));

  it.each([
    'status=lost',
    'status=queue%20',
    'account=../x',
    'account=%3Cb%3E',
    'batch=1',
    'cursor=%27+or+1',
  ])('refuses %j', (search) => expect(() => asked(search)).toThrow(BadRequest));
});

it.each(['', '?status=published', '?batch=BatchBatch01', '?status=queue&account=harbor&q=tide+clock'])(
  '%j leads back to itself',
  (search) => expect(queueSearch(asked(search.slice(1)))).toBe(search),
);

it('can be added to', () => {
  const search = queueSearch(asked('account=harbor&cursor=PostPost0001'), {
    cursor: undefined,
    part: 'list',
  });
  expect(search).toBe('?account=harbor&part=list');
});

it('keeps to the states of what waits, to one, or to none', () => {
  expect(statesOf(asked(''))).toEqual(['awaiting_approval', 'blocked']);
  expect(statesOf(asked('status=rejected'))).toEqual(['rejected']);
  expect(statesOf(asked('status=any'))).toBeUndefined();
});

const harbor = { awaiting_approval: 3, blocked: 1 };
const COUNTS: PostCounts = {
  total: { awaiting_approval: 5, blocked: 1, published: 3 },
  accounts: { pier: { awaiting_approval: 2 }, harbor, quay: { published: 3 } },
};
const WAITING: Readonly<Record<string, readonly string[]>> = {
  harbor: ['HarborPost01', 'HarborPost02', 'HarborPost03', 'HarborPost04'],
  pier: ['PierPost0001', 'PierPost0002'],
};

/** An archive of posts that wait, which keeps what it was asked. */
function archive() {
  const asked: PostQuery[] = [];
  const listPosts = async (query: PostQuery = {}) => {
    asked.push(query);
    const all = WAITING[query.account ?? ''] ?? [];
    const start = query.cursor === undefined ? 0 : all.indexOf(query.cursor) + 1;
    const ids = all.slice(start, start + (query.limit ?? all.length));
    const posts = ids.map((id) => ({ id, account: query.account }) as PostSummary);
    const isWhole = start + ids.length === all.length;
    return { posts, next: isWhole ? null : (ids.at(-1) ?? null) };
  };
  return { asked, listPosts };
}

async function allPages(size: number): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const query = { status: 'queue', ...(cursor === undefined ? {} : { cursor }) } as const;
    const { posts, next } = await queuePage(archive(), query, { counts: COUNTS, size });
    pages.push(posts.map(({ id }) => id));
    cursor = next ?? undefined;
  } while (cursor !== undefined && pages.length < 20);
  return pages;
}

it.each([1, 2, 3, 4, 5, 6, 50])(
  'the queue in pages of %i is all that waits, by account, once',
  async (size) => {
    const pages = await allPages(size);
    expect(pages.flat()).toEqual([...WAITING.harbor!, ...WAITING.pier!]);
    expect(pages.slice(0, -1).every((page) => page.length === size)).toBe(true);
  },
);

it('an account without anything that waits is not asked for', async () => {
  const records = archive();
  await queuePage(records, { status: 'queue' }, { counts: COUNTS, size: 50 });
  expect(records.asked.map(({ account }) => account)).toEqual(['harbor', 'pier']);
  expect(records.asked[0]).toMatchObject({ status: ['awaiting_approval', 'blocked'], order: 'oldest' });
});

it('any other list is newest first, as the archive has it', async () => {
  const records = archive();
  const query = { status: 'any', batch: 'BatchBatch01', q: 'tide', cursor: 'HarborPost01' } as const;
  await queuePage(records, query, { counts: COUNTS, size: 50 });
  const asked = { batch: 'BatchBatch01', words: 'tide', order: 'newest', limit: 50, cursor: 'HarborPost01' };
  expect(records.asked).toEqual([asked]);
});

it('knows what stands beside a post', () => {
  const posts = ['a', 'b', 'c'].map((id) => ({ id }));
  expect(neighbours(posts, 'b')).toEqual({ previous: 'a', next: 'c' });
  expect(neighbours(posts, 'c')).toEqual({ previous: 'b', next: null });
  expect(neighbours(posts, 'z')).toEqual({ previous: null, next: 'a' });
  expect(neighbours(posts, 'c', 'd')).toEqual({ previous: 'b', next: 'd' });
  expect(neighbours(posts, 'z', 'zz')).toEqual({ previous: null, next: 'zz' });
});

it.each([
  ['', { id: 'HarborPost02', account: 'harbor' }, 'HarborPost03'],
  ['account=harbor', { id: 'HarborPost03', account: 'harbor' }, 'HarborPost04'],
  ['', { id: 'HarborPost04', account: 'harbor' }, 'PierPost0001'],
])('the list of %j goes on after %o with %s', async (search, post, next) => {
  const { posts } = await queuePage(archive(), queueAfter(asked(search), post), { counts: COUNTS, size: 1 });
  expect(posts.map(({ id }) => id)).toEqual([next]);
});
