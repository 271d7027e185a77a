import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startPostgres } from '../../test/postgres.js';
import { borrowDatabase } from '../../test/servers/borrow.js';
import { failure } from '../testing/failure.js';
import { tempFolder } from '../testing/temp-folder.js';
import { until } from '../../test/until.js';
import { openArchive } from './archive.js';
import { payerOf } from './ledger/testing/requests.js';
import { moneyOf } from './locks.js';
import { postgresPool } from './postgres-pool.js';
import { batchRecord } from './sample-records.js';

const folder = join(tempFolder(), 'unused');
const open = async (databaseUrl: string) => openArchive({ databaseUrl, folder });

describe('with a PostgreSQL server', () => {
  test('two workers may migrate at once', async () => {
    const url = await borrowDatabase();
    const [one, two] = await Promise.all([open(url), open(url)]);
    await Promise.all([one.migrate(), two.migrate()]);
    expect(await two.records.isEmpty()).toBe(true);
    await Promise.all([one.close(), two.close()]);
  });

  test('a server that goes away is an error in one line', async () => {
    const own = await startPostgres();
    const archive = await open(await own.database());
    await archive.migrate();
    await own.stop();
    const { message } = await failure(archive.records.saveBatch(batchRecord('UpkTZ26nc9Eb', 'ash')));
    expect(message).toMatch(/^archive postgres:\/\/postgres@127\.0\.0\.1:\d+\/\w+ can't be reached: .+$/);
    expect(message).not.toContain('\n');
    await archive.close();
  });
});

describe("what holds one account's money and says no more", () => {
  const limits = { connections: 3, seconds: 1 };
  const request = (account: string, key: string) => ({
    ...{ key, payer: payerOf(account), amount: 1, most: 1, offline: false, leaseMs: 60_000 },
    limits: { batch: null, month: null },
  });

  test('delays that account alone, and not for ever', async () => {
    const url = await borrowDatabase();
    const archive = await openArchive({ databaseUrl: url, folder, limits });
    await archive.migrate();
    // A machine that is lost: its transaction is open, and it never says a word again.
    const lost = postgresPool(url, { connections: 1, seconds: 3 });
    const machine = await lost.connect();
    await machine.query('begin', []);
    await machine.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [moneyOf('ash')]);
    let waiting = 40;
    const held = Array.from({ length: waiting }, (_, at) =>
      failure(archive.ledger.reserve(request('ash', `a${at}`))).finally(() => (waiting -= 1)),
    );
    for (let at = 0; at < 10; at += 1)
      expect(await archive.ledger.reserve(request('bob', `b${at}`))).toEqual({ granted: true });
    expect(waiting).toBe(40);
    expect(new Set((await Promise.all(held)).map(({ name, message }) => `${name}: ${message}`))).toEqual(
      new Set([expect.stringMatching(/^ArchiveHeld: archive postgres:.* holds what this one needs/)]),
    );
    await until(
      () => archive.ledger.reserve(request('ash', 'a')).catch(() => null),
      (answer) => answer !== null,
    );
    machine.release();
    await Promise.all([lost.end(), archive.close()]);
  });

  test('is told from a pool whose connections are all at work', async () => {
    const pool = postgresPool(await borrowDatabase(), { connections: 1, seconds: 1 });
    const one = await pool.connect();
    const { name, message } = await failure(pool.connect());
    expect(name).toBe('ArchiveFull');
    expect(message).toMatch(/^all 1 connections of this process to archive .* COPYDESK_DATABASE_CONNECTIONS/);
    one.release();
    await pool.end();
  });
});

describe('an address that leads nowhere', () => {
  test('is told without the password', async () => {
    const archive = await open('postgres://ash:secret@127.0.0.1:1/desk');
    const { message } = await failure(archive.records.isEmpty());
    expect(message).toBe(
      "archive postgres://ash@127.0.0.1:1/desk can't be reached: connect ECONNREFUSED 127.0.0.1:1; " +
        'start PostgreSQL or mend DATABASE_URL',
    );
    await archive.close();
  });

  test.each(['mysql://ash:secret@db/desk', 'ash:secret', 'var/archive'])('%s is refused', async (address) => {
    const error = await failure(open(address));
    expect(error).toMatchObject({ name: 'SettingError', field: 'DATABASE_URL' });
    expect(error.message).not.toContain('secret');
  });
});
