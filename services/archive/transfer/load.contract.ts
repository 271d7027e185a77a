import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { ArchiveLine } from './transfer.js';
import type { Archive } from '../archive.js';
import { LATEST_MIGRATION } from '../migrate.js';
import { newTurn } from '../chats/testing/turns.js';
import { batchRecord, charge, recordedEdition, postRecord } from '../sample-records.js';

const id = (): string => newId(randomInt);

/** What every archive refuses to take in. `open` gives one on an empty database. */
export function loadContract(name: string, open: () => Promise<Archive>): void {
  describe(`a dump that ${name} can't load`, () => {
    let archive: Archive;
    let lines: ArchiveLine[];
    beforeAll(async () => {
      archive = await open();
      await archive.migrate();
      const batch = batchRecord(id(), 'ash', [charge('plan')]);
      const post = postRecord(id(), batch);
      await archive.records.saveBatch(batch);
      await archive.records.savePost(post);
      const publication = { target: 'feed', url: 'https://desk.example/1', at: '2026-11-24T10:00:00.000Z' };
      await archive.records.savePublication(recordedEdition(post), publication);
      await archive.ledger.saveBills([
        { requestId: 'req_1', amount: 3, units: null, at: '2026-11-24T10:09:00.000Z' },
      ]);
      await archive.chats.saveTurn(newTurn());
      lines = [];
      for await (const line of archive.transfer.dump()) lines.push(line);
    }, 120_000);
    afterAll(() => archive.close());

    const refusal = async (dump: readonly unknown[]) => {
      const error = await archive.transfer.load(dump).catch((refused: unknown) => refused);
      expect(error).toMatchObject({ name: 'UnreadableLine' });
      return (error as Error).message;
    };
    /** The dump with one field of one table's row as another version might have written it. */
    const changed = (table: string, field: string, value: unknown) =>
      lines.map((line) => (line.table === table ? { table, row: { ...line.row, [field]: value } } : line));

    test.each([
      ['nothing at all', []],
      ['no header', [{ table: 'posts', row: {} }]],
      ['another kind of file', ['a page of text']],
    ])('with %s is refused at its first line', async (_what, dump) => {
      expect(await refusal(dump)).toBe(
        'line 1: it is not the first line of a dump of an archive; export the archive again',
      );
    });

    test.each([
      { version: 2, migration: LATEST_MIGRATION, more: true },
      { version: 1, migration: '999_later' },
    ])('of a newer version is refused with the remedy: %o', async (row) => {
      expect(await refusal([{ table: 'copydesk', row }])).toBe(
        `line 1: the dump is of a newer Copydesk (version ${row.version}, schema ${row.migration}; this one reads up to ` +
          `version 1, schema ${LATEST_MIGRATION}); update Copydesk first`,
      );
    });

    test.each([
      ['batches', 'id', '../../etc', 'line 2: batches: id: expected 12 characters of A-Za-z0-9'],
      [
        'batches',
        'sequence',
        '7',
        'line 2: batches: sequence: Invalid input: expected number, received string',
      ],
      ['batches', 'colour', 'red', 'line 2: batches: Unrecognized key: "colour"'],
      ['posts', 'cost', 0.5, 'line 3: posts: cost: Invalid input: expected int, received number'],
      ['posts', 'created_at', 'yesterday', /^line 3: posts: created_at: expected an ISO 8601 time/],
      ['posts', 'created_at', '0000-01-01T00:00:00Z', /^line 3: posts: created_at: expected an ISO 8601/],
      ['posts', 'published_at', '2026-02-31T00:00:00Z', /^line 3: posts: published_at: expected an ISO 8601/],
      ['charges', 'at', '2026-01-01T00:00:00+23:59', /^line 5: charges: at: expected an ISO 8601 time/],
      ['charges', 'at', '9999-12-31T23:59:59-14:00', /^line 5: charges: at: expected an ISO 8601 time/],
      ['posts', 'cost', 2e13, /^line 3: posts: cost: Too big/],
      ['charges', 'key', 'k'.repeat(3_000), /^line 5: charges: key: Too big: expected string/],
      ['charges', 'request_id', 'k'.repeat(3_000), /^line 5: charges: request_id: Too big: expected string/],
      ['charges', 'amount', 1e13 + 1, /^line 5: charges: amount: Too big/],
      [
        'publications',
        'target',
        'k'.repeat(3_000),
        /^line 6: publications: target: Too big: expected string/,
      ],
      ['bills', 'k'.repeat(4_000), 1, /^line 9: bills: Unrecognized key: "k{300,400}$/],
      ['posts', 'doc', null, 'line 3: posts: doc: Invalid input: expected object, received null'],
      ['posts', 'account', '../etc', /^line 3: posts: account: expected 1 to 30 characters/],
      ['posts', 'batch_id', 'Otherbatch01', 'line 3: posts: doc.batchId: expected the batch_id of its row'],
      ['revisions', 'hero', '../../../etc', /^line 4: revisions: hero: expected the name of an asset/],
      ['posts', 'doc', {}, 'line 3: posts: doc.id: Invalid input: expected string, received undefined'],
      ['charges', 'basis', 'guessed', /^line 5: charges: basis: Invalid option: expected one of "priced"/],
      ['charges', 'amount', 2 ** 53, /^line 5: charges: amount: Too big: expected int to be <=?\d+$/],
      ['publications', 'edition', [], /^line 6: publications: edition: Invalid input: expected object/],
      ['chats', 'account', '', /^line 7: chats: account: expected 1 to 30 characters/],
      ['chat_turns', 'outcome', 'guessed', /^line 8: chat_turns: outcome: Invalid option: expected one of/],
      ['chat_turns', 'turn', 1.5, /^line 8: chat_turns: turn: Invalid input: expected int/],
      ['bills', 'seen_at', undefined, /^line 9: bills: seen_at: Invalid input: expected string/],
    ])('names line, table and field of %s.%s = %j', async (table, field, value, message) => {
      expect(await refusal(changed(table, field, value))).toMatch(message);
    });

    const document = (table: string, field: string): object =>
      lines.find((line) => line.table === table)!.row[field] as object;
    const HOSTILE = '../../../etc';
    test.each([
      ['batches', 'doc', { id: HOSTILE }, 'doc.id: expected 12 characters'],
      ['batches', 'doc', { id: 'Otherbatch01' }, 'doc.id: expected the id of its row'],
      ['batches', 'doc', { account: HOSTILE }, 'doc.account: expected the account of its row'],
      ['batches', 'doc', { posts: [{ id: HOSTILE }] }, 'doc.posts.0.id: expected 12 characters'],
      ['batches', 'account_doc', { handle: HOSTILE }, 'account_doc.handle: expected the account of its row'],
      ['posts', 'doc', { id: HOSTILE }, 'doc.id: expected 12 characters'],
      ['posts', 'doc', { batchId: HOSTILE }, 'doc.batchId: expected 12 characters'],
      ['posts', 'doc', { account: 'crumb' }, 'doc.account: expected the account of its row'],
      ['publications', 'edition', { postId: HOSTILE }, 'edition.postId: expected the post_id of its row'],
      ['publications', 'edition', { account: 'crumb' }, 'edition.account: expected the account of its row'],
      ['publications', 'edition', { assets: [HOSTILE] }, 'edition.assets.0: expected the name of an asset'],
    ])('names the id in %s.%s with %j, which pages would link to', async (table, field, change, message) => {
      const dump = changed(table, field, { ...document(table, field), ...change });
      expect(await refusal(dump)).toContain(`: ${table}: ${message}`);
    });

    test.each(['Nowhere/Land', '', '+02:00', 'UTC\u0000', 'U'.repeat(100_000)])(
      'names an account whose time zone is %j, which its page could not show',
      async (timeZone) => {
        const batch = lines.find(({ table }) => table === 'batches')!.row;
        const account = { ...(batch['account_doc'] as object), timeZone };
        expect(await refusal(changed('batches', 'account_doc', account))).toMatch(
          /^line 2: batches: account_doc.timeZone: expected an IANA time zone such as Europe\/Lisbon$/,
        );
      },
    );

    test('takes the targets and slots of an account, and names slots that are none', async () => {
      const doc = lines.find(({ table }) => table === 'batches')!.row['account_doc'] as object;
      const load = (change: object) => changed('batches', 'account_doc', { ...doc, ...change });
      const targets = [{ kind: 'feed', name: 'feed', settings: {} }];
      const week = { mon: ['09:00'] };
      await archive.transfer.load(load({ targets, slots: { week, missed: 'ask' } }));
      expect(await refusal(load({ slots: { week: { mon: ['9 am'] }, missed: 'ask' } }))).toBe(
        "line 2: batches: account_doc.slots.week.mon.0: expected times such as '09:00'",
      );
    });

    test('names a line that is none, and a table that it does not know', async () => {
      const rows = [{ table: 'reservations', row: {} }, { row: {} }, null];
      const messages = await Promise.all(rows.map((row) => refusal([...lines.slice(0, 2), row])));
      expect(messages).toEqual([
        'line 3: table "reservations" is not one of batches, posts, revisions, charges, publications, chats, chat_turns, citations, bills, slots, news_offers',
        'line 3: expected a table and its row; table: Invalid input: expected string, received undefined',
        'line 3: expected a table and its row; Invalid input: expected object, received null',
      ]);
    });

    test('leaves nothing of itself behind', async () => {
      const other = postRecord(id(), batchRecord(id(), 'ash'));
      const row = { ...lines.find(({ table }) => table === 'posts')!.row, id: other.status.id, sequence: 99 };
      await refusal([...lines, { table: 'posts', row }, { table: 'posts', row: { ...row, offline: 1 } }]);
      expect(await archive.records.findPost(other.status.id)).toBeNull();
    });

    test('a reader that breaks off is passed on', async () => {
      const broken = (async function* () {
        yield lines[0];
        throw new Error('the connection broke off');
      })();
      await expect(archive.transfer.load(broken)).rejects.toThrow('the connection broke off');
    });
  });
}
