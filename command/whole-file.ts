import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CopydeskError, UsageError } from '../contract/errors.js';

/** A file that is there whole or not at all: written beside its place, and moved there at the end. */
export interface WholeFile {
  write(text: string): Promise<void>;
  /** Has it on the disk, under its name. */
  finish(): Promise<void>;
  /** Leaves nothing of what was not finished. */
  abandon(): Promise<void>;
}

/** @throws UsageError for a file that is there already, unless `force`; CopydeskError where it can't be written */
export async function createWholeFile(file: string, force: boolean): Promise<WholeFile> {
  if (!force && (await isThere(file)))
    throw new UsageError('file', `file='${file}' is there already; --force writes over it`);
  const beside = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  // Drafts that nobody has approved stand in it.
  const handle = await open(beside, 'w', 0o600).catch((error: unknown) => unwritable(file, error));
  const orUnwritable = (work: Promise<unknown>): Promise<void> =>
    work.then(
      () => undefined,
      (error: unknown) => unwritable(file, error),
    );
  return {
    write: (text) => orUnwritable(handle.writeFile(text)),
    finish: () =>
      orUnwritable(
        handle
          .sync()
          .then(() => handle.close())
          .then(() => rename(beside, file)),
      ),
    async abandon() {
      await handle.close().catch(() => {});
      await rm(beside, { force: true });
    },
  };
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

function unwritable(file: string, error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === 'ENOSPC' ? 'the disk is full' : (code ?? message);
  throw new CopydeskError(`file='${file}' can't be written (${why}); nothing was left there`);
}
