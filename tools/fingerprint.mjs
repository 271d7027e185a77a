import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The rooms that are compiled, as in tsconfig.build.json. */
export const rooms = [
  'contract',
  'config',
  'workflows',
  'activities',
  'services',
  'workers',
  'client',
  'command',
  'desk',
  'offline',
];

const isTest = (path) => /\.test\.tsx?$/.test(path);

/** Every file of the rooms that goes into a build, relative to `root`, sorted. Tests are left out. */
export function sources(root) {
  return rooms
    .flatMap((room) => filesUnder(join(root, room)))
    .map((path) => relative(root, path))
    .filter((path) => !isTest(path))
    .sort();
}

/** One hash over the names and bytes of `files`: equal means that a build would make the same. */
export function fingerprint(root, files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function filesUnder(folder) {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.isFile() ? [path] : [];
  });
}

function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}
