import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { BatchRecord, PostRecord } from '../records/records.js';
import type { ArchiveLine } from './transfer.js';
import type { Archive } from '../archive.js';
import { LATEST_MIGRATION } from '../migrate.js';
import { newTurn } from '../chats/testing/turns.js';
import { batchRecord, charge, recordedEdition, postRecord } from '../sample-records.js';

const id = (): string => newId(randomInt);
const HEADER = { table: 'copydesk', row: { version: 1, migration: LATEST_MIGRATION } };
const SLOT = '2027-03-01T09:00:00.000Z';

/** What every archive promises of what it hands out and takes in. `open` gives one on an empty database, each time another. */
export function dumpContract(name: string, open: () => Promise<Archive>): void {
  describe(`a dump of ${name}`, () => {
    const opened: Archive[] = [];
    const empty = async (): Promise<Archive> => {
      const archive = await open();
      opened.push(archive);
      await archive.migrate();
      return archive;
    };
    let archive: Archive;
    let batch: BatchRecord;
    let post: PostRecord;
    const turn = newTurn();
    beforeAll(async () => {
      archive = await empty();
      const plans = [charge('plan', { amount: 7 }), charge('plan', { basis: 'unknown', requestId: null })];
      batch = { ...batchRecord(id(), 'ash', plans), sequence: 5, monthBudget: 50_000_000_001 };
      post = postRecord(id(), batch, { title: 'Größe 文字 👩‍🚀 \u2028 \'quoted\' "twice"', body: null });
      post = { ...post, sequence: 9, remindedAt: '2026-11-24T14:00:00.000Z', charges: [charge('video')] };
      const held = { planner: 'inference', batchId: batch.status.id, postId: post.status.id, account: 'ash' };
      await archive.records.saveBatch(batch);
      await archive.records.savePost(post);
      const publication = { target: 'feed', url: 'https://desk.example/1', at: '2026-11-24T10:00:00.000Z' };
      await archive.records.savePublication(recordedEdition(post), publication);
      const key = { urlKey: 'url', idKey: null, url: 'https://news.example/1' };
      const item = { ...key, title: 'News', summary: '', publishedAt: null };
      const offer = { account: 'ash', planner: 'inference', batchId: batch.status.id, items: [item] };
      await archive.news.offer({ ...offer, at: '2026-11-24T10:00:00.000Z' });
      await archive.ledger.saveBills([
        { requestId: 'req_1', amount: 3, units: '1.5', at: '2026-11-24T10:09:00.000Z' },
      ]);
      await archive.slots.takeAt({ postId: post.status.id, account: 'ash', sequence: 1 }, SLOT);
      const { chatId } = turn;
      const payer = { account: 'ash', planner: null, batchId: null, postId: null, chatId };
      await archive.ledger.settle({ payer, charges: [charge('chat', { amount: 5 })] });
      await archive.chats.saveTurn({ ...turn, citedIds: [post.status.id] });
      await archive.chats.saveTurn({ ...turn, turn: 2, outcome: 'declined' });
      // Words are made from the publications, and are in no dump.
      const asked = { account: 'ash', language: 'en', question: turn.question };
      await archive.postSearch.find({ ...asked, embedding: null, limit: 6 });
      await archive.postSearch.saveEmbeddings('m', [{ postId: post.status.id, vector: [1] }]);
      await archive.ledger.reserve({
        key: id(),
        payer: held,
        amount: 1,
        offline: false,
        leaseMs: 60_000,
        limits: { batch: null, month: null },
      });
    }, 120_000);
    afterAll(() => Promise.all(opened.map((one) => one.close())));

    test('is a header and a line for each row but the reservations', async () => {
      const lines = await linesOf(archive);
      expect(lines[0]).toEqual(HEADER);
      expect(lines.slice(1).map(({ table }) => table)).toEqual([
        'batches',
        'posts',
        'revisions',
        'charges',
        'charges',
        'charges',
        'charges',
        'publications',
        'chats',
        'chat_turns',
        'chat_turns',
        'citations',
        'bills',
        'slots',
        'news_offers',
      ]);
    });

    test('makes an empty archive the same, as JSON on the way', async () => {
      const other = await empty();
      const lines = await linesOf(archive);
      const one = { read: 1, written: 1 };
      expect(await other.transfer.load(parsed(lines))).toEqual({
        batches: one,
        posts: one,
        revisions: one,
        charges: { read: 4, written: 4 },
        publications: one,
        chats: one,
        chat_turns: { read: 2, written: 2 },
        citations: one,
        bills: one,
        slots: one,
        news_offers: one,
      });
      expect(await linesOf(other)).toEqual(lines);
      for (const read of readers(batch, post, turn.chatId))
        expect(await read(other)).toEqual(await read(archive));
      expect(await archive.ledger.sumBills(post.status.id)).toBe(3);
    });

    test('changes nothing where it is loaded again, and its batches and posts no newer record', async () => {
      const other = await empty();
      const lines = await linesOf(archive);
      const newer = { ...post, sequence: 10, status: { ...post.status, title: 'Newer' } };
      const older = { ...batch, sequence: 4, status: { ...batch.status, budgetUsd: 1 } };
      await other.records.savePost({ ...newer, charges: [] });
      await other.records.saveBatch({ ...older, charges: [charge('plan', { amount: 100 })] });
      const counts = await other.transfer.load(lines);
      expect(counts).toMatchObject({
        batches: { written: 1 },
        posts: { written: 0 },
        charges: { written: 4 },
      });
      expect((await other.records.findPost(post.status.id))?.title).toBe('Newer');
      expect(await other.records.findBatch(batch.status.id)).toEqual(batch.status);
      const [summary] = (await other.records.listBatches()).batches;
      expect(summary?.costUsd, 'the planning of both').toBe(0.060000107);
      const again = await other.transfer.load(lines);
      expect(Object.values(again).filter(({ written }) => written > 0)).toEqual([]);
    });

    test('holds what was there at one moment, however slowly it is read, and lets others write meanwhile', async () => {
      const busy = await empty();
      await busy.records.saveBatch(batch);
      const lines: ArchiveLine[] = [];
      for await (const line of busy.transfer.dump()) {
        lines.push(line);
        await busy.records.savePost(postRecord(id(), batch));
      }
      expect(lines.filter(({ table }) => table === 'posts')).toEqual([]);
      expect((await busy.records.listPosts()).posts).toHaveLength(lines.length);
    });

    test('a moment that another post has here is left to it: the one of the dump goes out beside it', async () => {
      const other = await empty();
      const here = { postId: id(), account: 'ash', sequence: 1 };
      await other.slots.takeAt(here, SLOT);
      const lines = await linesOf(archive);
      const slot = lines.find(({ table }) => table === 'slots')!;
      // Two lines for one moment, as nobody's dump has them.
      const twice = { ...slot, row: { ...slot.row, post_id: id(), account: 'crumb' } };
      const double = { ...twice, row: { ...twice.row, post_id: id() } };
      for (let times = 0; times < 2; times += 1) await other.transfer.load([...lines, twice, double]);
      const taken = (account: string) =>
        other.slots.list({ account, from: SLOT, until: '2028-01-01T00:00:00Z' });
      expect(await taken('ash')).toMatchObject([
        { postId: here.postId, beside: false },
        { postId: post.status.id, beside: true },
      ]);
      expect((await taken('crumb')).map(({ beside }) => beside)).toEqual([false, true]);
    });

    test('of a conversation that was deleted has no more than that, and deletes it where it is loaded', async () => {
      const [here, there] = [await empty(), await empty()];
      await there.transfer.load(archive.transfer.dump());
      await here.transfer.load(archive.transfer.dump());
      await there.chats.deleteChat(turn.chatId, '2026-11-25T10:00:00.000Z');
      const lines = await linesOf(there);
      expect(lines.filter(({ table }) => /^(chat_turns|citations)$/.test(table))).toEqual([]);
      const { chats } = await here.transfer.load(parsed(lines));
      expect(chats).toEqual({ read: 1, written: 1 });
      for (const one of [here, there]) {
        expect(await one.chats.findChat(turn.chatId)).toBeNull();
        expect(await one.chats.listTurns(turn.chatId)).toEqual([]);
        expect(await one.records.listCitingTurns(post.status.id)).toEqual([]);
        expect(await one.chats.saveTurn({ ...turn, turn: 3 })).toBe(false);
      }
      expect(await linesOf(here)).toEqual(lines);
    });

    test('brings back nothing of a conversation that was deleted here', async () => {
      const other = await empty();
      const lines = await linesOf(archive);
      await other.transfer.load(lines);
      await other.chats.deleteChat(turn.chatId, '2026-11-25T10:00:00.000Z');
      const again = await other.transfer.load(lines);
      for (const table of ['chats', 'chat_turns', 'citations']) expect(again[table]?.written, table).toBe(0);
      expect(await other.chats.findChat(turn.chatId)).toBeNull();
      expect(await other.records.listCitingTurns(post.status.id)).toEqual([]);
      // Also where its lines come before the one of the conversation, or without it.
      const said = lines.filter(({ table }) => /^(copydesk|chat_turns|citations)$/.test(table));
      await other.transfer.load(said);
      expect(await other.chats.listTurns(turn.chatId)).toEqual([]);
    });

    test('adds the turns that are not here to a conversation that is', async () => {
      const other = await empty();
      await other.chats.saveTurn({ ...turn, turn: 3, at: '2026-11-25T10:00:00.000Z' });
      await other.transfer.load(archive.transfer.dump());
      expect((await other.chats.listTurns(turn.chatId)).map((one) => one.turn)).toEqual([1, 2, 3]);
      expect(await other.chats.findChat(turn.chatId)).toMatchObject({
        turns: 3,
        lastAt: '2026-11-25T10:00:00.000Z',
      });
    });

    test('may be left off, and asked for twice at once', async () => {
      for await (const line of archive.transfer.dump()) {
        expect(line).toEqual(HEADER);
        break;
      }
      const [one, two] = await Promise.all([linesOf(archive), linesOf(archive)]);
      expect(one).toEqual(two);
    });

    test('of many pages holds every row once, in the order of its key', async () => {
      const [many, other] = [await empty(), await empty()];
      const charges = Array.from({ length: 250 }, () => charge('draft'));
      await many.records.savePost({ ...post, charges });
      for (let n = 0; n < 205; n += 1) {
        const publication = {
          target: `t${n % 3}`,
          url: 'https://desk.example/',
          at: '2026-11-24T10:00:00.000Z',
        };
        await many.records.savePublication(
          { ...recordedEdition(post), postId: n % 2 ? id() : post.status.id },
          publication,
        );
      }
      const lines = await linesOf(many);
      const keys = lines.filter(({ table }) => table === 'charges').map(({ row }) => row['key']);
      expect(new Set(keys)).toEqual(new Set(charges.map(({ key }) => key)));
      expect(keys).toHaveLength(250);
      await other.transfer.load(lines);
      expect(await linesOf(other)).toEqual(lines);
    });
  });
}

async function linesOf(archive: Archive): Promise<ArchiveLine[]> {
  const lines: ArchiveLine[] = [];
  for await (const line of archive.transfer.dump()) lines.push(line);
  return lines;
}

async function* parsed(lines: readonly ArchiveLine[]): AsyncGenerator<unknown> {
  for (const line of lines) yield JSON.parse(JSON.stringify(line));
}

/** Everything that is read of a batch, its post and a conversation about it. */
const readers = (
  batch: BatchRecord,
  post: PostRecord,
  chatId: string,
): ((archive: Archive) => Promise<unknown>)[] => [
  (archive) => archive.records.findBatch(batch.status.id),
  (archive) => archive.records.findPost(post.status.id),
  (archive) => archive.records.listBatches(),
  (archive) => archive.records.listPosts(),
  (archive) => archive.records.listRevisions(post.status.id),
  (archive) => archive.ledger.listCharges({ batchId: batch.status.id }),
  (archive) => archive.ledger.sumCosts({ by: 'step' }),
  (archive) => archive.records.findAccount('ash'),
  (archive) => archive.records.listPublishedPosts('ash', { limit: 10 }),
  (archive) => archive.ledger.listBillable({ provider: 'fal', offline: false }),
  (archive) => archive.ledger.sumBills(post.status.id),
  (archive) => archive.chats.listTurns(chatId),
  (archive) => archive.chats.listChats(),
  (archive) => archive.chats.listOpenQuestions('ash', 10),
  (archive) => archive.records.listCitingTurns(post.status.id),
  (archive) => archive.slots.list({ account: 'ash', from: SLOT, until: '2028-01-01T00:00:00Z' }),
];
