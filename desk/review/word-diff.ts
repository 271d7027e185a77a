import { diffWordsWithSpace } from 'diff';

/** A stretch of text that both have, or that only the one before or the one after has. */
export interface Stretch {
  readonly text: string;
  readonly kind: 'same' | 'removed' | 'added';
}

/** Texts that differ in more words than this are shown one after the other: nobody reads such a comparison, and it takes long. */
const MOST_EDITS = 1_000;
const TIMEOUT_MS = 200;

/** Two texts compared by words. */
export function wordDiff(before: string, after: string): Stretch[] {
  if (before === after) return before === '' ? [] : [{ text: before, kind: 'same' }];
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS, timeout: TIMEOUT_MS });
  const stretches: Stretch[] = changes
    ? changes.map(({ value, added, removed }) => ({
        text: value,
        kind: added ? 'added' : removed ? 'removed' : 'same',
      }))
    : [
        { text: before, kind: 'removed' },
        { text: after, kind: 'added' },
      ];
  return stretches.filter(({ text }) => text !== '');
}
