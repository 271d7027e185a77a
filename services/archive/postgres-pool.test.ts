import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startPostgres } from '../../test/postgres.js';
import { borrowDatabase } from '../../test/servers/borrow.js';
import { failure } from '../testing/failure.js';
import { tempFolder } from '../testing/temp-folder.js';
import { openArchive } from './archive.js';
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
