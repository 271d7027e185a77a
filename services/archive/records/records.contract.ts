import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { PostStatus } from '../../../contract/status.js';
import type { Archive } from '../archive.js';
import { batchRecord, charge, recordedEdition, postRecord } from '../sample-records.js';
import { useArchive } from '../testing/use-archive.js';

const id = (): string => newId(randomInt);

/** What every archive promises of its records. `open` gives one on an empty database. */
export function recordsContract(name: string, open: () => Promise<Archive>): void {
  describe(`records on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    test('is empty until its first batch, and can be migrated again', async () => {
      expect(await archive.records.isEmpty()).toBe(true);
      expect(await archive.records.listBatches()).toEqual({ batches: [], next: null });
      await archive.records.saveBatch(batchRecord(id(), 'first'));
      expect(await archive.records.isEmpty()).toBe(false);
      await archive.migrate();
      expect(await archive.records.isEmpty()).toBe(false);
    });

    test('answers what it does not hold with null or nothing', async () => {
      expect(await archive.records.findBatch(id())).toBeNull();
      expect(await archive.records.findPost(id())).toBeNull();
      expect(await archive.records.findAccountOfPost(id())).toBeNull();
      expect(await archive.records.findAccount('nobody')).toBeNull();
      expect(await archive.records.findPublishedPost(id())).toBeNull();
      expect(await archive.records.listPublishedPosts('nobody', { limit: 10 })).toEqual([]);
      expect(await archive.ledger.listCharges({ postId: id() })).toEqual([]);
      expect(await archive.records.listCitingTurns(id())).toEqual([]);
    });

    test('gives back a batch and a post as they were saved', async () => {
      const batch = batchRecord(id(), id());
      const post = postRecord(id(), batch, { title: 'Größe 文字 👩‍🚀 \'quoted\' "twice"', body: null });
      await archive.records.saveBatch(batch);
      await archive.records.savePost(post);
      expect(await archive.records.findBatch(batch.status.id)).toEqual(batch.status);
      expect(await archive.records.findPost(post.status.id)).toEqual(post.status);
      expect(await archive.records.findAccountOfPost(post.status.id)).toEqual(batch.account);
    });

    test('a later record replaces an earlier one, never the other way round', async () => {
      const batch = batchRecord(id(), id());
      await archive.records.saveBatch({ ...batch, sequence: 2, status: { ...batch.status, status: 'done' } });
      await archive.records.saveBatch({ ...batch, sequence: 1 });
      expect((await archive.records.findBatch(batch.status.id))?.status).toBe('done');

      const post = postRecord(id(), batch, { status: 'drafting' });
      const later = { ...post, sequence: 7, status: { ...post.status, status: 'published' as const } };
      await Promise.all([post, later, post].map((record) => archive.records.savePost(record)));
      expect((await archive.records.findPost(post.status.id))?.status).toBe('published');
    });

    test('a charge is kept once, however often and late its record comes', async () => {
      const batch = batchRecord(id(), id(), [charge('plan', { amount: 10 })]);
      const draft = charge('draft', { amount: 123_456_789_012, requestId: null, quantity: null });
      const image = charge('hero_image', { basis: 'unknown', at: '2026-11-24T10:00:01.000Z' });
      const post = postRecord(id(), batch);
      await archive.records.saveBatch(batch);
      await archive.records.savePost({ ...post, sequence: 2, charges: [draft] });
      await archive.records.savePost({ ...post, sequence: 1, charges: [draft, image] });
      await archive.records.saveBatch(batch);
      expect(await archive.ledger.listCharges({ postId: post.status.id })).toEqual([draft, image]);
      const all = await archive.ledger.listCharges({ batchId: batch.status.id });
      expect(all.map(({ key }) => key).sort()).toEqual(
        [...batch.charges, draft, image].map(({ key }) => key).sort(),
      );
    });

    test('a batch sums its planning and its posts, exact to the nano-dollar, and counts them by status', async () => {
      const lost = charge('plan', { amount: 5_000_000_000, basis: 'unknown' });
      const batch = batchRecord(id(), id(), [charge('plan', { amount: 10 }), lost]);
      await archive.records.saveBatch(batch);
      await archive.records.saveBatch({ ...batch, sequence: 2, charges: [charge('plan', { amount: 1 })] });
      await archive.records.savePost(postRecord(id(), batch, { status: 'published', costUsd: 0.06 }));
      await archive.records.savePost(postRecord(id(), batch, { status: 'published', costUsd: 0.000000001 }));
      await archive.records.savePost(
        postRecord(id(), batch, { status: 'rejected', costUsd: 1234.567890123 }),
      );
      const summary = (await archive.records.listBatches()).batches.find((row) => row.id === batch.status.id);
      expect(summary).toEqual({
        id: batch.status.id,
        account: batch.status.account,
        planner: 'inference',
        mix: batch.status.mix,
        status: 'running',
        counts: { published: 2, rejected: 1 },
        costUsd: 1234.627890135,
        budgetUsd: 2,
        createdAt: batch.status.createdAt,
        offline: false,
      });
    });

    test('batches come newest first', async () => {
      const [older, newer] = ['2031-01-01T00:00:00.000Z', '2031-01-02T00:00:00.000Z'].map((createdAt) => {
        const batch = batchRecord(id(), id());
        return { ...batch, status: { ...batch.status, createdAt } };
      });
      await archive.records.saveBatch(older!);
      await archive.records.saveBatch(newer!);
      const first = await archive.records.listBatches({ limit: 1 });
      const second = await archive.records.listBatches({ limit: 1, cursor: first.next ?? '' });
      expect([first, second].map(({ batches }) => batches.map((row) => row.id))).toEqual([
        [newer!.status.id],
        [older!.status.id],
      ]);
      expect(second.next).not.toBeNull();
      expect((await archive.records.listBatches()).next).toBeNull();
      const { account } = older!.status;
      const own = await archive.records.listBatches({ account });
      expect(own.batches.map((row) => row.id)).toEqual([older!.status.id]);
    });

    test('posts are found by account and status, newest first', async () => {
      const batch = batchRecord(id(), id());
      const waiting = { status: 'awaiting_approval', gate: 'publish', revision: 3, costUsd: 0.06 } as const;
      const first = postRecord(id(), batch, { ...waiting, createdAt: '2026-11-24T10:00:00.000Z' });
      const missed = { rule: 'banned', ok: false, detail: 'the phrase "a" is banned' };
      const checks = [missed, { rule: 'title.length', ok: true, detail: null }, missed];
      const second = postRecord(id(), batch, { ...waiting, checks, createdAt: '2026-11-24T11:00:00.000Z' });
      const other = postRecord(id(), batch, { status: 'drafting', createdAt: '2026-11-24T12:00:00.000Z' });
      for (const post of [second, other, first]) await archive.records.savePost(post);
      const account = batch.status.account;
      const ids = (rows: readonly { id: string }[]): string[] => rows.map((row) => row.id);
      const { posts: found } = await archive.records.listPosts({ account, status: 'awaiting_approval' });
      expect(ids(found)).toEqual([second.status.id, first.status.id]);
      expect(found[0]).toMatchObject({
        account,
        batchId: batch.status.id,
        title: second.status.title,
        contentFormat: 'hero_text',
        status: 'awaiting_approval',
        gate: 'publish',
        revision: 3,
        costUsd: 0.06,
        misses: 2,
        planner: 'inference',
        hero: null,
        slot: null,
        error: null,
        createdAt: '2026-11-24T11:00:00.000Z',
      });
      expect(found[1]).toMatchObject({ misses: 0 });
      expect(ids((await archive.records.listPosts({ account, limit: 1 })).posts)).toEqual([other.status.id]);
      expect(ids((await archive.records.listPosts()).posts)).toEqual(
        expect.arrayContaining([first.status.id, other.status.id]),
      );
    });

    test('a post that waits is marked once a person was reminded, until it moves on', async () => {
      const batch = batchRecord(id(), id());
      const post = postRecord(id(), batch, { status: 'awaiting_approval', gate: 'media' });
      const remindedAt = '2026-11-24T14:00:00.000Z';
      const marked = async (record: object): Promise<boolean> => {
        await archive.records.savePost({ ...post, ...record });
        const [row] = (await archive.records.listPosts({ account: batch.status.account })).posts;
        return row!.reminded;
      };
      expect(await marked({ sequence: 1 })).toBe(false);
      expect(await marked({ sequence: 3, remindedAt })).toBe(true);
      expect(await marked({ sequence: 2, remindedAt: null }), 'a record that comes late').toBe(true);
      const moved = { ...post.status, status: 'illustrating', gate: null };
      expect(await marked({ sequence: 4, remindedAt, status: moved })).toBe(false);
      expect(await marked({ sequence: 5, remindedAt: null })).toBe(false);
    });

    test('`since` moves only when the status does', async () => {
      const batch = batchRecord(id(), id());
      const post = postRecord(id(), batch, { status: 'drafting' });
      const since = async (): Promise<number> => {
        const [row] = (await archive.records.listPosts({ account: batch.status.account })).posts;
        return Date.parse(row!.since);
      };
      const save = (sequence: number, change: object): Promise<unknown> =>
        archive.records.savePost({ ...post, sequence, status: { ...post.status, ...change } });
      await save(1, {});
      const start = await since();
      while (Date.now() <= start) await archive.records.isEmpty();
      await save(2, { title: 'Another' });
      expect(await since()).toBe(start);
      await save(3, { status: 'illustrating' });
      expect(await since()).toBeGreaterThan(start);
    });

    test('recent titles leave out what came to nothing', async () => {
      const batch = batchRecord(id(), id());
      const at = (hour: number): string => `2026-11-24T0${hour}:00:00.000Z`;
      const posts = [
        postRecord(id(), batch, { title: 'Old', status: 'published', createdAt: at(1) }),
        postRecord(id(), batch, { title: 'No', status: 'rejected', createdAt: at(2) }),
        postRecord(id(), batch, { title: 'Gone', status: 'cancelled', createdAt: at(3) }),
        postRecord(id(), batch, { title: 'Broken', status: 'failed', createdAt: at(4) }),
        postRecord(id(), batch, { title: 'New', status: 'drafting', createdAt: at(5) }),
      ];
      for (const post of posts) await archive.records.savePost(post);
      expect(await archive.records.listTitles(batch.status.account, 10)).toEqual(['New', 'Old']);
      expect(await archive.records.listTitles(batch.status.account, 1)).toEqual(['New']);
    });

    test('recent posts are what a new one should not repeat, newest first, with what came of each', async () => {
      const batch = batchRecord(id(), id());
      const { account } = batch.status;
      const plan = { topic: 'Harbors', angle: 'Two clocks.', rationale: 'r', newsPeg: null, button: 'b' };
      const rejected = {
        decision: 'reject' as const,
        by: 'ed',
        revision: 1,
        gate: 'publish' as const,
        note: 'Too salty.',
        at: '2026-11-24T10:00:00.000Z',
        counted: true,
      };
      const dropped = { ...rejected, note: 'too late', counted: false };
      const save = async (change: Partial<PostStatus>): Promise<string> => {
        const post = postRecord(id(), batch, { plan, ...change });
        await archive.records.savePost(post);
        return post.status.id;
      };
      const day = (date: number): string => `2020-11-0${date}T00:00:00.000Z`;
      await save({ status: 'published', publishedAt: day(1), title: 'Old' });
      const out = await save({ status: 'published', publishedAt: day(3), title: 'Out', review: [dropped] });
      const no = await save({ status: 'rejected', title: 'No', review: [rejected, dropped] });
      const back = await save({ status: 'unpublished', publishedAt: day(2), title: 'Back' });
      for (const status of ['cancelled', 'failed', 'expired'] as const) await save({ status });
      await save({ status: 'published', publishedAt: day(3), offline: true, title: 'Sample' });
      await archive.records.savePost(postRecord(id(), batchRecord(id(), id())));
      const recent = { account, offline: false, since: day(2), limit: 10 };
      expect(await archive.records.listRecentPosts(recent)).toMatchObject([
        { postId: no, title: 'No', status: 'rejected', reason: 'Too salty.', batchId: batch.status.id },
        {
          postId: out,
          topic: 'Harbors',
          angle: 'Two clocks.',
          body: 'A paragraph.\n\nAnother.',
          at: day(3),
          status: 'published',
          reason: null,
        },
        { postId: back, status: 'unpublished', at: day(2), reason: null },
      ]);
      const titles = async (change: Partial<typeof recent>): Promise<string[]> =>
        (await archive.records.listRecentPosts({ ...recent, ...change })).map(({ title }) => title);
      expect(await titles({ since: day(1) })).toContain('Old');
      expect(await titles({ limit: 1 })).toEqual(['No']);
      expect(await titles({ offline: true })).toEqual(['Sample']);
    });

    test('an account is what its newest batch kept', async () => {
      const handle = id();
      const old = batchRecord(id(), handle);
      const young = batchRecord(id(), handle);
      await archive.records.saveBatch({
        ...young,
        account: { ...young.account, name: 'Renamed' },
        status: { ...young.status, createdAt: '2026-11-25T00:00:00.000Z' },
      });
      await archive.records.saveBatch(old);
      expect((await archive.records.findAccount(handle))?.name).toBe('Renamed');
      expect(
        (await archive.records.listAccounts()).filter((account) => account.handle === handle),
      ).toHaveLength(1);
    });

    test('an edition is published once; a repeat answers the first publication', async () => {
      const batch = batchRecord(id(), id());
      const post = postRecord(id(), batch);
      const first = { target: 'feed', url: 'https://desk.example/1', at: '2026-11-24T10:00:00.000Z' };
      const again = { target: 'feed', url: 'https://desk.example/2', at: '2026-11-24T11:00:00.000Z' };
      const kept = { ...first, removedAt: null };
      expect(await archive.records.savePublication(recordedEdition(post), first)).toEqual(kept);
      expect(
        await archive.records.savePublication({ ...recordedEdition(post), title: 'Other' }, again),
      ).toEqual(kept);
      const elsewhere = { ...again, target: 'webhook' };
      expect(await archive.records.savePublication(recordedEdition(post), elsewhere)).toEqual({
        ...elsewhere,
        removedAt: null,
      });

      expect(
        await archive.records.findPublishedPost(post.status.id),
        'published ahead of its record',
      ).toBeNull();
      expect(await archive.records.listPublishedPosts(post.status.account, { limit: 10 })).toEqual([]);
      await archive.records.saveBatch(batch);
      await archive.records.savePost(post);
      const published = await archive.records.findPublishedPost(post.status.id);
      expect(published).toEqual({
        edition: recordedEdition(post),
        publication: kept,
        account: batch.account,
        status: post.status,
      });
      expect(await archive.records.listPublishedPosts(post.status.account, { limit: 10 })).toEqual([
        published,
      ]);
    });

    test('twenty writers of one publication agree on it', async () => {
      const post = postRecord(id(), batchRecord(id(), id()));
      const writes = Array.from({ length: 20 }, (_, n) =>
        archive.records.savePublication(recordedEdition(post), {
          target: 'feed',
          url: `https://desk.example/${n}`,
          at: '2026-11-24T10:00:00.000Z',
        }),
      );
      expect(new Set((await Promise.all(writes)).map(({ url }) => url)).size).toBe(1);
    });

    test('published posts page from the newest to the oldest, and none of the same moment is skipped', async () => {
      const batch = batchRecord(id(), id());
      await archive.records.saveBatch(batch);
      const seconds = [1, 2, 2, 2, 3, 4];
      for (const second of seconds) {
        const post = postRecord(id(), batch);
        await archive.records.savePost(post);
        const at = `2026-11-24T10:00:0${second}.000Z`;
        await archive.records.savePublication(recordedEdition(post), {
          target: 'feed',
          url: 'https://desk.example/',
          at,
        });
      }
      const pages: number[][] = [];
      for (let before: string | undefined; ;) {
        const page = await archive.records.listPublishedPosts(batch.status.account, { limit: 3, before });
        if (page.length === 0) break;
        pages.push(page.map(({ publication }) => new Date(publication.at).getSeconds()));
        before = page.at(-1)!.publication.at;
      }
      expect(pages).toEqual([[4, 3, 2, 2, 2], [1]]);
    });

    test('a published post has the one before it and the one after it, also within one moment', async () => {
      const batch = batchRecord(id(), id());
      await archive.records.saveBatch(batch);
      const publish = async (postId: string, at: string, target = 'feed'): Promise<void> => {
        const post = postRecord(postId, batch, { title: `Title ${postId}` });
        await archive.records.savePost(post);
        await archive.records.savePublication(recordedEdition(post), {
          target,
          url: 'https://desk.example/',
          at,
        });
      };
      const account = batch.status.account;
      const [first, second, third, last] = ((start) => [1, 2, 3, 4].map((n) => `${start}${n}`))(
        id().slice(1),
      );
      const elsewhere = id();
      await publish(third!, '2026-11-24T10:00:00.000Z');
      await publish(first!, '2026-11-24T10:00:00.000Z');
      await publish(second!, '2026-11-24T10:00:00.000Z');
      await publish(last!, '2026-11-24T11:00:00.000Z');
      await publish(elsewhere, '2026-11-24T10:30:00.000Z', 'webhook');
      await archive.records.savePost(postRecord(id(), batch));

      const link = (postId: string) => ({ postId, title: `Title ${postId}` });
      const beside = (postId: string) => archive.records.findNeighbours(account, postId);
      expect(await beside(first!)).toEqual({ older: null, newer: link(second!) });
      expect(await beside(second!)).toEqual({ older: link(first!), newer: link(third!) });
      expect(await beside(third!)).toEqual({ older: link(second!), newer: link(last!) });
      expect(await beside(last!)).toEqual({ older: link(third!), newer: null });
      for (const none of [elsewhere, id()]) expect(await beside(none)).toEqual({ older: null, newer: null });
    });

    test('text that PostgreSQL refuses does not cost the record', async () => {
      const batch = batchRecord(id(), id());
      const post = postRecord(id(), batch, {
        title: 'a\u0000b',
        body: 'half \ud83d pair, whole 👍, \\u0000',
      });
      await archive.records.savePost({ ...post, charges: [charge('draft', { requestId: 'r\u0000' })] });
      const saved = await archive.records.findPost(post.status.id);
      expect(saved?.title).toBe('ab');
      expect(saved?.body).toBe('half \ufffd pair, whole 👍, \\u0000');
    });

    test('a record that fails leaves nothing of itself behind', async () => {
      const batch = batchRecord(id(), id());
      const post = postRecord(id(), batch);
      const broken = { ...charge('draft'), at: 'yesterday-ish' };
      await expect(archive.records.savePost({ ...post, charges: [broken] })).rejects.toThrow(/yesterday-ish/);
      expect(await archive.records.findPost(post.status.id)).toBeNull();
      await archive.records.savePost(post);
      expect(await archive.records.findPost(post.status.id)).not.toBeNull();
    });
  });
}
