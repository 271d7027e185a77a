import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Archive, openArchive } from '../../services/archive/archive.js';

/** Measures on an embedded archive of its own, in a folder that goes afterwards. */
export async function withArchive<T>(measure: (archive: Archive, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-bench-'));
  const archive = await openArchive({ databaseUrl: null, folder: join(folder, 'archive') });
  try {
    await archive.migrate();
    return await measure(archive, folder);
  } finally {
    await archive.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
