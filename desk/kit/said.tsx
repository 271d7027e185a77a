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
  readonly lines: readonly {
    readonly text: string;
    readonly ok: boolean;
    /** An address to be copied. */
    readonly address?: string;
  }[];
  /** The ids of posts that wait no longer; the archive may hear of it a moment later. */
  readonly decided: readonly string[];
}

/** Keeps what was done for the page that a form leads to: in memory, since nobody misses a line that a restart took away. */
export class Notices {
  static readonly #most = 1_000;
  readonly #kept = new Map<string, Notice>();

  /** @returns the key that the page's address carries */
  put(lines: Notice['lines'], decided: Notice['decided'] = []): string {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= Notices.#most && oldest !== undefined) this.#kept.delete(oldest);
    const key = randomBytes(9).toString('base64url');
    this.#kept.set(key, { lines, decided });
    return key;
  }

  /** Null for an unknown key, and for one of long ago: a page without the line is whole. */
  find(key: string | undefined): Notice | null {
    return (key !== undefined && this.#kept.get(key)) || null;
  }
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

/** An address to be given to somebody; scripts add that its button copies it. */
export function CopyAddress({ address }: { address: string }) {
  return (
    <span class="filter-words">
      <input readonly value={address} aria-label="The address" />
      <button type="button" class="plain-button" data-copy={address} hidden>
        Copy
      </button>
    </span>
  );
}
