import { randomBytes } from 'node:crypto';

/** What came of the form that was posted last: said aloud, and null where there is nothing to say. */
export function Said({ said, problem }: { said: string | null; problem: string | null }) {
  return (
    <>
      {said !== null && (
        <p class="said" role="status">
          {said}
        </p>
      )}
      {problem !== null && (
        <div class="problem" role="alert">
          <p>{problem}</p>
        </div>
      )}
    </>
  );
}

/** What was done, in a line a post. */
export interface Notice {
  readonly lines: readonly { readonly text: string; readonly ok: boolean }[];
  /** The ids of posts that wait no longer; the archive may hear of it a moment later. */
  readonly decided: readonly string[];
}

/** Keeps what was done for the page that a form leads to. */
export interface Notices {
  /** @returns the key that the page's address carries */
  put(notice: Notice): string;
  /** Null for an unknown key, and for one of long ago: a page without the line is whole. */
  find(key: string | undefined): Notice | null;
}

const MOST = 1_000;

/** In memory: nobody misses a line that a restart took away. */
export function createNotices(): Notices {
  const kept = new Map<string, Notice>();
  return {
    put(notice) {
      const [oldest] = kept.keys();
      if (kept.size >= MOST && oldest !== undefined) kept.delete(oldest);
      const key = randomBytes(9).toString('base64url');
      kept.set(key, notice);
      return key;
    },
    find: (key) => (key === undefined ? null : (kept.get(key) ?? null)),
  };
}

/** In place of the accounts, where the accounts folder has no file. */
export function NoAccountYet() {
  return (
    <p class="empty">
      There is no account yet. An account is one file in the accounts folder: docs/accounts.md shows the
      shortest.
    </p>
  );
}
