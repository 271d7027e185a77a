import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { BatchState } from '../../../contract/states.js';
import type { PipelineRow, PostStatus } from '../../../contract/status.js';
import type { Archive } from '../archive.js';
import { batchRecord, postRecord } from '../sample-records.js';
import { useArchive } from '../testing/use-archive.js';
import type { BatchRecord, PostQuery } from './records.js';

const id = (): string => newId(randomInt);
const at = (minute: number): string => `2026-11-24T10:${String(minute).padStart(2, '0')}:00.000Z`;

/** What every archive promises of its lists, and of what has changed. `open` gives one on an empty database. */
export function listsContract(name: string, open: () => Promise<Archive>): void {
  describe(`lists of ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    const save = async (batch: BatchRecord, change: Partial<PostStatus> = {}): Promise<string> => {
      const post = postRecord(id(), batch, change);
      await archive.records.savePost(post);
      return post.status.id;
    };
    const find = async (query: PostQuery): Promise<string[]> =>
      (await archive.records.listPosts(query)).posts.map((post) => post.id);

    test('a post is found by what a list is narrowed to, alone and together', async () => {
      const [batch, other] = [batchRecord(id(), id()), batchRecord(id(), id())];
      const account = batch.status.account;
      const waits = await save(batch, { status: 'awaiting_approval', createdAt: at(1) });
      const blocked = await save(batch, { status: 'blocked', planner: 'bread', createdAt: at(2) });
      const out = await save(
        { ...other, status: { ...other.status, account } },
        { status: 'published', createdAt: at(3) },
      );
      await save(other, { status: 'blocked', createdAt: at(2) });
      expect(await find({ account })).toEqual([out, blocked, waits]);
      expect(await find({ account, status: ['blocked', 'awaiting_approval'] })).toEqual([blocked, waits]);
      expect(await find({ account, planner: 'bread' })).toEqual([blocked]);
      expect(await find({ batch: batch.status.id })).toEqual([blocked, waits]);
      expect(await find({ account, from: at(2), to: at(3) })).toEqual([blocked]);
      expect(await find({ account, order: 'oldest', limit: 2 })).toEqual([waits, blocked]);
      expect(await find({ batch: batch.status.id, status: 'published' })).toEqual([]);
      expect(await find({ ids: [waits, out, id()] })).toEqual([out, waits]);
      expect(await find({ ids: [] })).toEqual([]);
    });

    test('a post is found by the moment at which it went out, or is to go out', async () => {
      const [batch, other] = [batchRecord(id(), id()), batchRecord(id(), id())];
      const account = batch.status.account;
      const out = await save(batch, { status: 'published', publishedAt: at(5), slot: at(2) });
      const back = await save(batch, { status: 'unpublished', publishedAt: at(3) });
      const soon = await save(batch, { status: 'scheduled', slot: at(4) });
      await save(batch, { status: 'scheduled', slot: at(7) });
      await save(batch, { status: 'scheduled', slot: null });
      await save(batch, { status: 'scheduled', slot: 'at noon' });
      await save(batch, { status: 'awaiting_approval', slot: at(4) });
      await save(other, { status: 'scheduled', slot: at(4) });
      const find = async (limit: number) =>
        (await archive.records.listDatedPosts({ account, from: at(3), until: at(7), limit })).map((post) => [
          post.id,
          post.at,
        ]);
      expect(await find(10)).toEqual([
        [back, at(3)],
        [soon, at(4)],
        [out, at(5)],
      ]);
      expect(await find(1)).toEqual([[back, at(3)]]);
      const both = { account: [account, other.status.account], from: at(4), until: at(5), limit: 10 };
      expect((await archive.records.listDatedPosts(both)).map((post) => post.account).toSorted()).toEqual(
        both.account.toSorted(),
      );
    });

    test('what is scheduled is listed in the order of its slots, the soonest first, by pages too', async () => {
      const batch = batchRecord(id(), id());
      const account = batch.status.account;
      const slots = [at(7), at(5), null, at(6)];
      const [third, first, last, second] = await Promise.all(
        slots.map((slot, made) => save(batch, { status: 'scheduled', slot, createdAt: at(made) })),
      );
      expect(await find({ account, order: 'slot' })).toEqual([first, second, third, last]);
      expect(await find({ account, order: 'slot', cursor: second })).toEqual([third, last]);
    });

    test('a post is found by all of the words, in any case and script, wherever they stand', async () => {
      const batch = batchRecord(id(), id());
      const account = batch.status.account;
      const first = await save(batch, {
        title: 'The Łódź benchmark',
        body: 'A fence of 50% oak.',
        caption: 'STRASSE',
        createdAt: at(1),
      });
      const second = await save(batch, {
        title: 'Another benchmark',
        body: null,
        caption: 'gate_keeper',
        createdAt: at(2),
      });
      const words = (text: string): Promise<string[]> => find({ account, words: text });
      expect(await words('BENCHMARK')).toEqual([second, first]);
      expect(await words('benchmark łÓDŹ oak')).toEqual([first]);
      expect(await words('strasse  inference')).toEqual([first]);
      expect(await words('benchmark nowhere')).toEqual([]);
      expect(await words('50%')).toEqual([first]);
      expect(await words('5%k')).toEqual([]);
      expect(await words('gate_k')).toEqual([second]);
      expect(await words('gate.k')).toEqual([]);
      expect(await words("' or 1=1 -- [(*\\")).toEqual([]);
      expect(await words('  ')).toEqual([second, first]);
    });

    test('a row tells what a list shows of a post', async () => {
      const batch = batchRecord(id(), id());
      const post = postRecord(id(), batch);
      const [, picture] = post.status.pipeline as readonly PipelineRow[];
      const pictures = ['a_hero.png', 'a_hero_2.png', null].map((asset) => ({ ...picture!, asset }));
      const error = { type: 'Provider.Authentication', message: 'the key is wrong', requestId: null };
      const slot = '2026-12-01T09:00:00.000Z';
      await archive.records.savePost({
        ...post,
        status: { ...post.status, pipeline: pictures, slot, error, status: 'blocked', createdAt: at(5) },
      });
      const { posts, next } = await archive.records.listPosts({ account: batch.status.account });
      expect(next).toBeNull();
      expect(posts).toMatchObject([
        {
          hero: 'a_hero_2.png',
          slot,
          error: 'the key is wrong',
          createdAt: at(5),
          planner: 'inference',
          status: 'blocked',
        },
      ]);
    });

    test.each(['newest', 'oldest'] as const)(
      'pages from the %s on have every post once, also those of one moment, whatever comes meanwhile',
      async (order) => {
        const batch = batchRecord(id(), id());
        const account = batch.status.account;
        const minutes = [1, 2, 2, 2, 2, 3, 4];
        const ids = new Set<string>();
        for (const minute of minutes) ids.add(await save(batch, { createdAt: at(minute) }));
        const seen: string[] = [];
        const sizes: number[] = [];
        for (let cursor: string | undefined; ;) {
          const page = await archive.records.listPosts({ account, order, limit: 3, cursor });
          seen.push(...page.posts.map((post) => post.id));
          sizes.push(page.posts.length);
          await save(batch, { createdAt: order === 'newest' ? at(50) : at(0) });
          if (page.next === null) break;
          cursor = page.next;
        }
        expect(sizes).toEqual([3, 3, 1]);
        expect(seen).toHaveLength(ids.size);
        expect(new Set(seen)).toEqual(ids);
        expect(await archive.records.listPosts({ account, cursor: 'NoSuchCursor' })).toEqual({
          posts: [],
          next: null,
        });
      },
    );

    test('posts are counted by state, of all and of each account', async () => {
      const before = (await archive.records.countPosts()).total.expired ?? 0;
      const [one, two] = [batchRecord(id(), id()), batchRecord(id(), id())];
      await save(one, { status: 'expired' });
      await save(one, { status: 'expired' });
      await save(one, { status: 'published' });
      await save(two, { status: 'expired' });
      const { total, accounts } = await archive.records.countPosts();
      expect(total.expired).toBe(before + 3);
      expect(accounts[one.status.account]).toEqual({ expired: 2, published: 1 });
      expect(accounts[two.status.account]).toEqual({ expired: 1 });
    });

    test('what is halted is what is blocked, what a target did not take, and the batches that are paused', async () => {
      const batch = batchRecord(id(), id());
      const error = { type: 'Target.SignIn', message: 'social: no', requestId: null };
      const rows = batchPipeline(batch);
      const blocked = await save(batch, { status: 'blocked', error, pipeline: rows, createdAt: at(1) });
      const failed = await save(batch, { status: 'published', error, title: 'Out', createdAt: at(2) });
      const onItsWay = await save(batch, { status: 'publishing', error, createdAt: at(3) });
      await save(batch, { status: 'published', createdAt: at(3) });
      await save(batch, { status: 'rejected', error, createdAt: at(4) });
      const pause = (sequence: number, status: BatchState) =>
        archive.records.saveBatch({ ...batch, sequence, status: { ...batch.status, status } });
      const halted = async () => {
        const { posts, batches } = await archive.records.listHalted(100);
        const own = ({ account }: { account: string }) => account === batch.status.account;
        return { posts: posts.filter(own), batches: batches.filter(own) };
      };
      await pause(1, 'running');
      expect((await halted()).batches).toEqual([]);
      await pause(2, 'paused');
      const { posts, batches } = await halted();
      expect(posts).toMatchObject([
        { id: onItsWay },
        { id: failed, title: 'Out', status: 'published', error, failed: [] },
        { id: blocked, batchId: batch.status.id, error, failed: [rows[1]] },
      ]);
      const [paused] = batches;
      expect(batches).toMatchObject([{ id: batch.status.id, planner: 'inference', error: null }]);
      await pause(3, 'paused');
      expect((await halted()).batches).toEqual([paused]);
      await pause(4, 'running');
      expect((await halted()).batches).toEqual([]);
    });

    /** One row that is done, and one that failed. */
    function batchPipeline(batch: BatchRecord): [PipelineRow, PipelineRow] {
      const [row] = postRecord(id(), batch).status.pipeline as readonly [PipelineRow];
      return [row, { ...row, step: 'publish', target: 'social', state: 'failed' }];
    }

    test('changes are what was saved since, oldest first, with the batches whose counts they change', async () => {
      const [batch, quiet] = [batchRecord(id(), id()), batchRecord(id(), id())];
      await archive.records.saveBatch(batch);
      await archive.records.saveBatch(quiet);
      const old = postRecord(id(), batch, { status: 'drafting' });
      await archive.records.savePost(old);
      const { at: start } = await archive.records.listChanges('2020-01-01T00:00:00Z', 1_000);
      await passed(start);
      expect(await archive.records.listChanges(start, 10)).toMatchObject({ posts: [], batches: [] });
      const fresh = await save(batch, { status: 'blocked' });
      await archive.records.savePost({
        ...old,
        sequence: 2,
        status: { ...old.status, status: 'illustrating' },
      });
      await archive.records.savePost(old);
      const changes = await archive.records.listChanges(start, 10);
      expect(new Set(changes.posts.map(({ row }) => `${row.id} ${row.status}`))).toEqual(
        new Set([`${fresh} blocked`, `${old.status.id} illustrating`]),
      );
      expect(changes.batches).toMatchObject([
        { row: { id: batch.status.id, counts: { blocked: 1, illustrating: 1 } } },
      ]);
      expect(Date.parse(changes.at)).toBeGreaterThan(Date.parse(start));
      await passed(changes.at);
      expect(await archive.records.listChanges(changes.at, 10)).toMatchObject({ posts: [], batches: [] });
      const paused = { ...quiet, sequence: 2, status: { ...quiet.status, status: 'paused' as const } };
      await archive.records.saveBatch(paused);
      const first = await archive.records.listChanges(changes.at, 10);
      expect(first).toMatchObject({
        posts: [],
        batches: [{ row: { id: quiet.status.id, status: 'paused' } }],
      });
      await passed(first.at);
      await archive.records.saveBatch({ ...paused, sequence: 3 });
      const { batches } = await archive.records.listChanges(changes.at, 10);
      expect(batches[0]?.row).toEqual(first.batches[0]?.row);
      expect(batches[0]?.savedAt).not.toBe(first.batches[0]?.savedAt);
    });

    test('changes that are more than the limit go on where the answer ends, and none is left out', async () => {
      const batch = batchRecord(id(), id());
      const { at: start } = await archive.records.listChanges('2020-01-01T00:00:00Z', 1_000);
      await passed(start);
      const ids = new Set<string>();
      for (let n = 0; n < 7; n += 1) ids.add(await save(batch));
      const seen = new Set<string>();
      let answers = 0;
      for (let since = start; seen.size < ids.size && answers < 20; answers += 1) {
        const { posts, at: next } = await archive.records.listChanges(since, 2);
        for (const { row } of posts) seen.add(row.id);
        since = next;
      }
      expect(seen).toEqual(ids);
    });

    /** Waits until the archive's clock is past a moment, so that the next save is after it. */
    async function passed(moment: string): Promise<void> {
      for (;;) {
        const { at: now } = await archive.records.listChanges('2100-01-01T00:00:00Z', 1);
        if (now > moment) return;
      }
    }
  });
}
