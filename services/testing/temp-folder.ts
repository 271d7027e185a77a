import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of a test file's own, which is removed after its tests. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-services-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Files of a test file's own: what is returned writes one, and answers its path. */
export function tempFiles(): (bytes: Uint8Array) => Promise<string> {
  const folder = tempFolder();
  return async (bytes) => {
    const path = join(folder, randomUUID());
    await writeFile(path, bytes);
    return path;
  };
}
