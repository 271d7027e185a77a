import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallDisk } from '../../../test/full-disk.js';
import { openArchive } from '../open.js';

test('the embedded archive on a disk without room is not asked for anything, and is whole when there is room again', async () => {
  const disk = smallDisk(150);
  try {
    const folder = join(disk.folder, 'archive');
    const archive = await openArchive({ databaseUrl: null, folder });
    await archive.migrate();
    disk.fill();
    const refused = {
      name: 'ArchiveDiskFull',
      message: `archive folder ${folder} has 0 MB of room left on its disk; free some space there (40 MB at least)`,
    };
    await expect(archive.records.isEmpty()).rejects.toMatchObject(refused);
    await expect(archive.migrate()).rejects.toMatchObject(refused);
    disk.free();
    expect(await archive.records.isEmpty()).toBe(true);
    disk.fill();
    await archive.close();
    await expect(openArchive({ databaseUrl: null, folder })).rejects.toMatchObject(refused);
    disk.free();
    const again = await openArchive({ databaseUrl: null, folder });
    expect(await again.records.isEmpty()).toBe(true);
    await again.close();
  } finally {
    disk.remove();
  }
}, 120_000);
