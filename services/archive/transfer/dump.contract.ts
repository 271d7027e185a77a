import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { BatchRecord, PostRecord } from '../records/records.js';
import type { ArchiveLine } from './transfer.js';
import type { Archive } from '../archive.js';
import { batchRecord, charge, edition, postRecord } from '../sample-records.js';

const id = (): string => newId(randomInt);
const HEADER = { table: 'copydesk', row: { version: 1, migration: '004_mosts' } };
const NOTHING = { read: 0, written: 0 };

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
      await archive.records.savePublication(edition(post), publication);
      await archive.ledger.saveBills([
        { requestId: 'req_1', amount: 3, units: '1.5', at: '2026-11-24T10:09:00.000Z' },
      ]);
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
        'charges',
        'charges',
        'charges',
        'publications',
        'bills',
      ]);
    });

    test('makes an empty archive the same, as JSON on the way', async () => {
      const other = await empty();
      const lines = await linesOf(archive);
      const one = { read: 1, written: 1 };
      expect(await other.transfer.load(parsed(lines))).toEqual({
        batches: one,
        posts: one,
        charges: { read: 3, written: 3 },
        publications: one,
        citations: NOTHING,
        bills: one,
      });
      expect(await linesOf(other)).toEqual(lines);
      for (const read of readers(batch, post)) expect(await read(other)).toEqual(await read(archive));
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
        charges: { written: 3 },
      });
      expect((await other.records.findPost(post.status.id))?.title).toBe('Newer');
      expect(await other.records.findBatch(batch.status.id)).toEqual(batch.status);
      const [summary] = await other.records.listBatches();
      expect(summary?.costUsd, 'the planning of both').toBe(0.060000107);
      const again = await other.transfer.load(lines);
      expect(Object.values(again).map(({ written }) => written)).toEqual([0, 0, 0, 0, 0, 0]);
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
      expect(await busy.records.listPosts()).toHaveLength(lines.length);
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
          { ...edition(post), postId: n % 2 ? id() : post.status.id },
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

/** Everything that is read of a batch and its post. */
const readers = (batch: BatchRecord, post: PostRecord): ((archive: Archive) => Promise<unknown>)[] => [
  (archive) => archive.records.findBatch(batch.status.id),
  (archive) => archive.records.findPost(post.status.id),
  (archive) => archive.records.listBatches(),
  (archive) => archive.records.listPosts(),
  (archive) => archive.ledger.listCharges({ batchId: batch.status.id }),
  (archive) => archive.ledger.sumCosts({ by: 'step' }),
  (archive) => archive.records.findAccount('ash'),
  (archive) => archive.records.listPublishedPosts('ash', { limit: 10 }),
  (archive) => archive.ledger.listBillable({ provider: 'fal', offline: false }),
  (archive) => archive.ledger.sumBills(post.status.id),
];
