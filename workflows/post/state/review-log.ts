import type { ReviewEntry } from '../../../contract/status.js';
import { jsonBytes } from '../../text-limits.js';

/** The most dropped decisions that a record lists; a flood of signals must not fill it. */
export const MOST_DROPPED = 200;
/** The most decisions that counted; the oldest beyond make room, and the first line says how many they were. */
export const MOST_COUNTED = 200;
/** The most that the list takes as JSON: Temporal takes 2 MB in one piece, and a record has more to say. */
const MOST_BYTES = 600_000;
/** What is left of the oldest where the list takes too much, in characters. */
const CUT = { by: 60, note: 200 };

/** The decisions that reached a post. */
export interface ReviewLog {
  readonly entries: readonly ReviewEntry[];
  /** How many older decisions the first line of the list stands for. */
  readonly unlisted: number;
}

export const NO_REVIEWS: ReviewLog = { entries: [], unlisted: 0 };

/** A decision as it came, and whether it counted. */
export type Entry = Pick<ReviewEntry, 'decision' | 'by' | 'note' | 'counted'>;

/** What a decision was held against. */
export type HeldAgainst = Pick<ReviewEntry, 'revision' | 'gate'>;

/**
 * Notes a decision on the record, with what it was held against: counted, or dropped with why.
 *
 * @returns the log itself where it has no place for one more that was dropped
 */
export function noteReview(
  log: ReviewLog,
  entry: Entry,
  { revision, gate }: HeldAgainst,
  now: Date,
): ReviewLog {
  const row = { ...entry, revision, gate, at: now.toISOString() };
  const listed = log.entries.filter(({ counted }) => counted === entry.counted).length;
  if (entry.counted) return addEntry(listed >= MOST_COUNTED ? unlistOldest(log) : log, row);
  if (listed >= MOST_DROPPED) return log;
  const note = listed + 1 === MOST_DROPPED ? lastNote(row.note) : row.note;
  return addEntry(log, { ...row, by: row.by.slice(0, CUT.by), note });
}

const addEntry = ({ entries, unlisted }: ReviewLog, entry: ReviewEntry): ReviewLog => ({
  entries: fitEntries([...entries, entry]),
  unlisted,
});

const lastNote = (note: string | null): string =>
  `${note ?? 'dropped'}; further dropped decisions are not noted`;

/** The first line stands for the oldest decisions that counted. */
function unlistOldest(log: ReviewLog): ReviewLog {
  const [first, second] = log.entries.filter(({ counted }) => counted);
  const removed = log.unlisted === 0 ? [first, second] : [second];
  const last = removed.at(-1);
  if (!last) return log;
  const unlisted = log.unlisted + removed.length;
  const line = { ...last, by: 'copydesk', note: `${unlisted} decisions up to here are no longer listed` };
  return {
    unlisted,
    entries: log.entries.flatMap((row) => (row === last ? [line] : row === first ? [] : [row])),
  };
}

/** Cuts the words of the oldest until the list takes no more than it may. */
function fitEntries(entries: readonly ReviewEntry[]): ReviewEntry[] {
  const rows = [...entries];
  let bytes = rows.reduce((sum, row) => sum + bytesOf(row), 0);
  for (let index = 0; index < rows.length && bytes > MOST_BYTES; index += 1) {
    const row = rows[index] as ReviewEntry;
    const cut = { ...row, by: row.by.slice(0, CUT.by), note: cutNote(row.note) };
    bytes += bytesOf(cut) - bytesOf(row);
    rows[index] = cut;
  }
  return rows;
}

const cutNote = (note: string | null): string | null =>
  note !== null && note.length > CUT.note ? `${note.slice(0, CUT.note - 1)}…` : note;

/** Names, revision, gate and time of a line, in bytes. */
const FRAME = 200;
/** A line never changes, and is asked for its size with each one that comes after it. */
const sizes = new WeakMap<ReviewEntry, number>();

function bytesOf(row: ReviewEntry): number {
  const bytes = sizes.get(row) ?? FRAME + jsonBytes(row.by) + jsonBytes(row.note ?? '');
  sizes.set(row, bytes);
  return bytes;
}
