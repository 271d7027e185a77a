import type { Change } from './change-source.js';

/** What a look found, by what it is of: its text tells whether it has changed since. */
export type Seen = ReadonlyMap<string, string>;

export interface ChangeNews {
  readonly changes: readonly Change[];
  /** What the next look is compared to. */
  readonly seen: Seen;
}

/**
 * What of a look is new. Looks overlap, since a row may be saved a moment before the one that was read last; one that the look
 * before found as it is now is no news. One that was saved again is, with the same row too: a page shows more of a record.
 */
export function newsOf(found: readonly Change[], before: Seen): ChangeNews {
  const seen = new Map<string, string>();
  const changes = new Map<string, Change>();
  for (const change of found) {
    const key = `${change.event} ${change.row.id}`;
    const text = JSON.stringify(change);
    seen.set(key, text);
    if (before.get(key) !== text) changes.set(key, change);
  }
  return { changes: [...changes.values()], seen };
}
