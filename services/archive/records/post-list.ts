import { sql, type Kysely } from 'kysely';
import type { PostCounts, PostSummary } from '../../../contract/lists.js';
import { toUsd } from '../../../contract/money/nano.js';
import type { PostState } from '../../../contract/states.js';
import { parseIsoTime } from '../../../contract/time.js';
import { pageOf } from '../database.js';
import type { Schema } from '../schema.js';
import type { PostQuery, Records } from './records.js';

type PostList = Pick<Records, 'listPosts' | 'listDatedPosts' | 'countPosts' | 'listTitles'>;

export const postListIn = (db: Kysely<Schema>): PostList => ({
  async listPosts(query = {}) {
    const { order = 'newest', limit, cursor } = query;
    const direction = order === 'newest' ? 'desc' : 'asc';
    const moment = order === 'slot' ? DOC_SLOT_TEXT : sql<string>`created_at`;
    let wanted = matching(db, query).orderBy(moment, direction).orderBy('id', direction);
    if (cursor !== undefined) {
      const after = order === 'newest' ? sql`<` : sql`>`;
      // The row itself is the cursor: its time has more digits than ours show.
      wanted = wanted.where(
        sql<boolean>`(${moment}, id) ${after} (select ${moment}, id from posts where id = ${cursor})`,
      );
    }
    if (limit !== undefined) wanted = wanted.limit(limit + 1);
    // The documents of a page alone are read: PostgreSQL reads what it selects before it sorts, and a document is large.
    const posts = postSummaries(db)
      .where('id', 'in', wanted)
      .orderBy(moment, direction)
      .orderBy('id', direction);
    const { rows, next } = pageOf((await posts.execute()).map(postSummary), limit);
    return { posts: rows, next };
  },

  async listDatedPosts({ account, from, until, limit }) {
    const rows = await db
      .selectFrom('posts')
      .select([
        'id',
        'account',
        'title',
        'content_format as contentFormat',
        'status',
        'offline',
        'published_at',
        DOC_SLOT,
        DOC_ERROR,
        DOC_HERO,
      ])
      .where('account', 'in', [account].flat())
      .where((eb) =>
        eb.or([
          eb.and([eb('published_at', '>=', from), eb('published_at', '<', until)]),
          eb.and([eb('published_at', 'is', null), eb('status', 'in', SCHEDULED)]),
        ]),
      )
      .execute();
    const [first, end] = [Date.parse(from), Date.parse(until)];
    return rows
      .map(({ published_at, slot, ...post }) => ({ ...post, ms: parseIsoTime(published_at ?? slot ?? '') }))
      .filter((post): post is typeof post & { ms: number } => post.ms !== null)
      .filter(({ ms }) => ms >= first && ms < end)
      .toSorted((one, other) => one.ms - other.ms || (one.id < other.id ? -1 : 1))
      .slice(0, limit)
      .map(({ ms, ...post }) => ({ ...post, at: new Date(ms).toISOString() }));
  },

  async countPosts() {
    const rows = await db
      .selectFrom('posts')
      .select(['account', 'status', sql<number>`count(*)`.as('posts')])
      .groupBy(['account', 'status'])
      .orderBy('account')
      .execute();
    return countsOf(rows);
  },

  async listTitles(account, limit) {
    const rows = await db
      .selectFrom('posts')
      .select('title')
      .where('account', '=', account)
      .where('status', 'not in', DROPPED)
      .where('title', '<>', '')
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ title }) => title);
  },
});

/** What has a moment at which it is to go out: in its document, whose text a dump may have from anywhere. */
const SCHEDULED: readonly PostState[] = ['scheduled', 'publishing'];
const DOC_SLOT = sql<string | null>`doc->>'slot'`.as('slot');
/** ISO times in UTC sort as texts do; none comes after all of them. */
const DOC_SLOT_TEXT = sql<string>`coalesce(doc->>'slot', '~')`;
const DOC_ERROR = sql<string | null>`doc->'error'->>'message'`.as('error');

/** What came to nothing may be planned again. */
const DROPPED: readonly PostState[] = ['rejected', 'cancelled', 'failed'];

function matching(db: Kysely<Schema>, { ids, account, status, batch, planner, words, from, to }: PostQuery) {
  let posts = db.selectFrom('posts').select('id');
  if (ids !== undefined)
    posts = posts.where(ids.length === 0 ? sql<boolean>`false` : sql<boolean>`id in (${sql.join(ids)})`);
  if (account !== undefined) posts = posts.where('account', '=', account);
  if (status !== undefined) posts = posts.where('status', 'in', [status].flat());
  if (batch !== undefined) posts = posts.where('batch_id', '=', batch);
  if (planner !== undefined) posts = posts.where('planner', '=', planner);
  if (from !== undefined) posts = posts.where('created_at', '>=', from);
  if (to !== undefined) posts = posts.where('created_at', '<', to);
  for (const word of wordsIn(words ?? '')) {
    posts = posts.where(sql<boolean>`words ~ ${wordPattern(word)}`);
  }
  return posts;
}

function countsOf(rows: readonly { account: string; status: PostState; posts: number }[]): PostCounts {
  const total: Partial<Record<PostState, number>> = {};
  const accounts: Record<string, Partial<Record<PostState, number>>> = {};
  for (const { account, status, posts } of rows) {
    total[status] = (total[status] ?? 0) + posts;
    (accounts[account] ??= {})[status] = posts;
  }
  return { total, accounts };
}

/** What a list shows of posts; what stands in their documents is read by the database, since a document is large. */
export const postSummaries = (db: Kysely<Schema>) =>
  db
    .selectFrom('posts')
    .crossJoinLateral(OPENED)
    .select(['id', 'account', 'planner', 'title', 'status', 'gate', 'revision', 'cost', 'offline'])
    .select(['batch_id as batchId', 'content_format as contentFormat'])
    .select(['status_since as since', 'created_at as createdAt', 'reminded_at'])
    .select([MISSES.as('misses'), HERO.as('hero'), SLOT.as('slot'), ERROR.as('error')]);

type Row = Awaited<ReturnType<ReturnType<typeof postSummaries>['execute']>>[number];

export const postSummary = ({ cost, reminded_at, ...row }: Row): PostSummary => ({
  ...row,
  costUsd: toUsd(cost),
  // A record may still carry the reminder of a gate that has been passed.
  reminded: row.status === 'awaiting_approval' && reminded_at !== null,
});

/** The document unpacked once: each mention of the column itself would unpack it again. */
const OPENED = sql<{ opened: unknown }>`(select doc #> '{}' as opened offset 0)`.as<'opened_post'>(
  'opened_post',
);
const MISSES = sql<number>`jsonb_array_length(jsonb_path_query_array(opened, '$.checks[*] ? (@.ok == false)'))`;
/** Of the newest picture that there is, also while the next one is made. */
const NEWEST_PICTURE = `'$.pipeline[*] ? (@.step == "hero_image" && @.asset != null).asset'`;
const HERO = sql<string | null>`jsonb_path_query_array(opened, ${sql.raw(NEWEST_PICTURE)}) ->> -1`;
const DOC_HERO = sql<string | null>`jsonb_path_query_array(doc, ${sql.raw(NEWEST_PICTURE)}) ->> -1`.as(
  'hero',
);
const SLOT = sql<string | null>`opened->>'slot'`;
const ERROR = sql<string | null>`opened->'error'->>'message'`;

/**
 * A word as a regular expression of PostgreSQL that finds it in any case. The database's own lower case depends on how it was
 * set up, and may know no letter outside ASCII.
 */
export const wordPattern = (word: string): string => [...word].map(inAnyCase).join('');

/** The words of a search, as white space parts them. */
export const wordsIn = (text: string): string[] => text.split(/\s+/).filter(Boolean);

function inAnyCase(character: string): string {
  const cases = [character, character.toLowerCase(), character.toUpperCase()];
  // A letter that is two in the other case, such as ß, is found as it is.
  const single = [...new Set(cases)].filter((one) => [...one].length === 1);
  return single.length === 1 ? literal(character) : `[${single.join('')}]`;
}

/** What is no letter and no digit may mean something else in a regular expression. */
const literal = (character: string): string =>
  /[!-/:-@[-^`{-~]/.test(character) ? `\\${character}` : character;
