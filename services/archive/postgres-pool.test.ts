import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startPostgres } from '../../test/postgres.js';
import { openArchive } from './open.js';
import { batchRecord } from './sample-records.js';
import { withPostgres } from './testing/with-postgres.js';

const folder = mkdtempSync(join(tmpdir(), 'copydesk-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

withPostgres((database) => {
  const open = async (databaseUrl: string) => openArchive({ databaseUrl, folder: join(folder, 'unused') });

  test('two workers may migrate at once', async () => {
    const url = await database();
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
    const lost = await archive.records
      .saveBatch(batchRecord('UpkTZ26nc9Eb', 'ash'))
      .catch((error: Error) => error);
    expect(lost).toBeInstanceOf(Error);
    expect((lost as Error).message).toMatch(
      /^archive postgres:\/\/postgres@127\.0\.0\.1:\d+\/\w+ can't be reached: .+/,
    );
    expect((lost as Error).message).not.toContain('\n');
    await archive.close();
  }, 120_000);
});

describe('an address that leads nowhere', () => {
  const open = (databaseUrl: string) => openArchive({ databaseUrl, folder: join(folder, 'unused') });

  test('is told without the password', async () => {
    const archive = await open('postgres://ash:secret@127.0.0.1:1/desk');
    const message = await archive.records.isEmpty().catch((error: Error) => error.message);
    expect(message).toBe(
      "archive postgres://ash@127.0.0.1:1/desk can't be reached: connect ECONNREFUSED 127.0.0.1:1; " +
        'start PostgreSQL or mend DATABASE_URL',
    );
    await archive.close();
  });

  test.each(['mysql://ash:secret@db/desk', 'ash:secret', 'var/archive'])('%s is refused', async (address) => {
    const error = await open(address).catch((refused: Error) => refused);
    expect(error).toMatchObject({ name: 'SettingError', field: 'DATABASE_URL' });
    expect((error as Error).message).not.toContain('secret');
  });
});
