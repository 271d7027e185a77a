import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import { NOW } from '../database.js';
import { lock, slotsOf, whileLocked } from '../locks.js';
import type { Schema } from '../schema.js';

/** Which post asks, and which of its words this is. */
export interface SlotRequest {
  readonly postId: string;
  /** A handle. */
  readonly account: string;
  /**
   * Grows with each word of the post: an earlier one that comes late changes nothing, and one that comes twice is answered
   * the same twice.
   */
  readonly sequence: number;
}

/** A moment that a post has. */
export interface TakenSlot {
  /** ISO 8601. */
  readonly at: string;
  /** A handle. */
  readonly account: string;
  readonly postId: string;
  /** Null while the archive has no record of the post. */
  readonly title: string | null;
  /** Another post had the moment already; this one was told to go out then all the same. */
  readonly beside: boolean;
}

/**
 * Which post goes out when: one post a moment, whatever asks at the same time. A post has one moment at most, and a moment
 * that has gone by stays with the post that had it.
 */
export interface TakenSlots {
  /**
   * Gives a post the first moment that no post of the account has, in place of the one that it has, which does not count as
   * free for it.
   *
   * @param moments ISO 8601, in order; looked at as far as needed
   * @returns the moment; null when all are taken, or when a later word of the post has taken this one's place
   */
  takeNext(request: SlotRequest, moments: Iterable<string>): Promise<string | null>;
  /** Gives a post the moment that a person named. Where another has it, the post goes out beside it, and keeps the moment after it. */
  takeAt(request: SlotRequest, at: string): Promise<void>;
  /** From here on the post has none. */
  giveBack(request: SlotRequest): Promise<void>;
  /** Gives back the moments to come of posts whose workflows have ended without a word. */
  freeEnded(postIds: readonly string[]): Promise<void>;
  /**
   * Changes the moments of two posts of one account, with nobody in between. Their workflows are told after it, by a
   * `reschedule` each, to a moment that is theirs by then.
   *
   * @returns false, with nothing changed, where one of them has none
   */
  swap(postId: string, otherId: string): Promise<boolean>;
  /** The moments that posts have, from one on and before another, in order. */
  list(query: {
    /** A handle, or several. */
    readonly account: string | readonly string[];
    readonly from: string;
    readonly until: string;
  }): Promise<readonly TakenSlot[]>;
}

/** Moments that one statement looks at; the next ones are looked at where all of these are taken. */
const MOMENTS_A_LOOK = 100;

export const createTakenSlots = (db: Kysely<Schema>): TakenSlots => ({
  takeNext: (request, moments) =>
    whileLocked(db, slotsOf(request.account), async (trx) => {
      for (const some of chunksOf(moments, MOMENTS_A_LOOK)) {
        const answer = await write(trx, request, firstFree(request, some));
        if (answer) return answer.at;
      }
      return null;
    }),

  takeAt: (request, at) =>
    whileLocked(db, slotsOf(request.account), async (trx) => {
      await write(trx, request, exactly(request, at));
    }),

  giveBack: (request) =>
    whileLocked(db, slotsOf(request.account), async (trx) => {
      await write(trx, request, sql`select null::timestamptz as at, false as beside`);
    }),

  async freeEnded(postIds) {
    if (postIds.length === 0) return;
    await db
      .updateTable('slots')
      .set({ at: null, beside: false })
      .where('post_id', 'in', postIds)
      .where('at', '>', NOW)
      .execute();
  },

  swap: (postId, otherId) =>
    db.transaction().execute(async (trx) => {
      const found = await held(trx, [postId, otherId]).execute();
      if (found[0]) await lock(trx, slotsOf(found[0].account));
      // As they are now that nobody else changes them.
      const [one, other] = await held(trx, [postId, otherId]).execute();
      if (!one || !other || one.account !== other.account) return false;
      // First aside: a moment may have one post at any time, also within this.
      await move(trx, one.post_id, { at: one.at, beside: true });
      await move(trx, other.post_id, { at: one.at, beside: one.beside });
      await move(trx, one.post_id, { at: other.at, beside: other.beside });
      return true;
    }),

  async list({ account, from, until }) {
    const rows = await db
      .selectFrom('slots')
      .leftJoin('posts', 'posts.id', 'slots.post_id')
      .select(['slots.at', 'slots.account', 'slots.post_id as postId', 'posts.title', 'slots.beside'])
      .where('slots.account', 'in', [account].flat())
      .where('slots.at', '>=', from)
      .where('slots.at', '<', until)
      .orderBy('slots.at')
      .orderBy('slots.beside')
      .orderBy('slots.post_id')
      .execute();
    return rows.map((row) => ({ ...row, at: row.at!, title: row.title || null }));
  },
});

/**
 * Writes a post's moment in one statement, unless this word of it, or a later one, is there already.
 *
 * @param moment selects `at` and `beside`, in one row or none
 * @returns what the post has; null when there was no row
 */
async function write(
  trx: Transaction<Schema>,
  { postId, account, sequence }: SlotRequest,
  moment: RawBuilder<unknown>,
): Promise<{ at: string | null } | null> {
  const { rows } = await sql<{ at: string | null }>`
    with known as (
      select at, sequence from slots where post_id = ${postId} and sequence >= ${sequence}::int8
    ), written as (
      insert into slots (post_id, account, at, beside, sequence)
      select ${postId}::text, ${account}::text, moment.at, moment.beside, ${sequence}::int8
      from (${moment}) as moment
      where not exists (select from known)
      on conflict (post_id) do update
        set account = excluded.account, at = excluded.at, beside = excluded.beside, sequence = excluded.sequence
      returning at
    )
    select at from written
    union all
    select case when sequence = ${sequence}::int8 then at end as at from known
  `.execute(trx);
  return rows[0] ?? null;
}

/** The first of these that no post of the account has. */
const firstFree = ({ account }: SlotRequest, moments: readonly string[]): RawBuilder<unknown> => sql`
  select free.at, false as beside
  from (
    select at::timestamptz as at, place
    from json_array_elements_text(${JSON.stringify(moments)}::json) with ordinality as each(at, place)
  ) as free
  where not exists (select from slots where slots.account = ${account} and slots.at = free.at)
  order by free.place
  limit 1
`;

const exactly = ({ postId, account }: SlotRequest, at: string): RawBuilder<unknown> => sql`
  select ${at}::timestamptz as at, exists (
    select from slots
    where account = ${account} and at = ${at}::timestamptz and not beside and post_id <> ${postId}
  ) as beside
`;

const held = (trx: Transaction<Schema>, postIds: readonly string[]) =>
  trx
    .selectFrom('slots')
    .select(['post_id', 'account', 'at', 'beside'])
    .where('post_id', 'in', postIds)
    .where('at', 'is not', null)
    .orderBy('post_id');

const move = (
  trx: Transaction<Schema>,
  postId: string,
  moment: { readonly at: string | null; readonly beside: boolean },
) => trx.updateTable('slots').set(moment).where('post_id', '=', postId).execute();

function* chunksOf(moments: Iterable<string>, size: number): Generator<string[]> {
  let chunk: string[] = [];
  for (const moment of moments) {
    chunk.push(moment);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
