import { z } from 'zod';
import type { ArchiveLine } from './transfer.js';
import { LATEST_MIGRATION } from '../migrate.js';
import { UnreadableLine } from './unreadable-line.js';

const VERSION = 1;

/** The first line of a dump: what it is, and of which schema. */
export const DUMP_HEADER: ArchiveLine = {
  table: 'copydesk',
  row: { version: VERSION, migration: LATEST_MIGRATION },
};

/** Loose, so that the header of a newer version can still be read and refused by its version. */
const header = z.object({
  table: z.literal('copydesk'),
  row: z.object({ version: z.int().positive(), migration: z.string().min(1) }),
});

/** @throws UnreadableLine when the line is no header, or that of a dump which only a newer Copydesk can read */
export function checkHeader(line: unknown): void {
  const read = header.safeParse(line);
  if (!read.success) {
    throw new UnreadableLine(1, 'it is not the first line of a dump of an archive; export the archive again');
  }
  const { version, migration } = read.data.row;
  if (version > VERSION || migration > LATEST_MIGRATION) {
    throw new UnreadableLine(
      1,
      `the dump is of a newer Copydesk (version ${version}, schema ${migration}; this one reads up to version ` +
        `${VERSION}, schema ${LATEST_MIGRATION}); update Copydesk first`,
    );
  }
}
