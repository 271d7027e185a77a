/**
 * A process of its own for the test of a kill: opens the archive in the folder of its argument and saves posts without
 * end, printing the id of each one once it is saved.
 */
import { randomInt } from 'node:crypto';
import { newId } from '../../../contract/ids.js';
import { openArchive } from '../archive.js';
import { batchRecord, postRecord } from '../sample-records.js';

const { stdout } = process;
const archive = await openArchive({ databaseUrl: null, folder: process.argv[2] ?? '' });
await archive.migrate();
const batch = batchRecord(newId(randomInt), 'ash');
await archive.records.saveBatch(batch);
for (;;) {
  const id = newId(randomInt);
  await archive.records.savePost(postRecord(id, batch));
  stdout.write(`${id}\n`);
}
