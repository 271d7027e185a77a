import type { Changes } from '../../contract/lists.js';

/** What tells of changes: the records of the archive. */
export interface ChangeSource {
  /** What was saved after a time (ISO 8601), the first changes first; with `limit` reached, `at` is as far as it goes. */
  listChanges(since: string, limit: number): Promise<Changes>;
}

/** A post or a batch that has changed, as lists show it. */
export type Change =
  | ({ readonly event: 'post' } & Changes['posts'][number])
  | ({ readonly event: 'batch' } & Changes['batches'][number]);

/** What one look found, and up to when it goes by the archive's clock. */
export interface ChangeLook {
  readonly changes: readonly Change[];
  readonly at: string;
  /** Whether there is more after `at`. */
  readonly more: boolean;
}

const PART = 500;
const MOST_PARTS = 6;

/** Everything that was saved after a time, in at most 3,000 rows of a kind. @throws as the archive does */
export async function lookSince(source: ChangeSource, since: string): Promise<ChangeLook> {
  const changes: Change[] = [];
  let at = since;
  for (let part = 0; part < MOST_PARTS; part += 1) {
    const found = await source.listChanges(at, PART);
    changes.push(...found.posts.map((saved) => ({ event: 'post', ...saved }) as const));
    changes.push(...found.batches.map((saved) => ({ event: 'batch', ...saved }) as const));
    const isWhole = found.posts.length < PART && found.batches.length < PART;
    if (isWhole || found.at <= at) return { changes, at: found.at, more: false };
    at = found.at;
  }
  return { changes, at, more: true };
}
