import type { DecisionKind } from '../../contract/states.js';
import type { ReviewEntry } from '../../contract/status.js';
import type { Standing } from './decide.js';
import { jsonBytes } from './json-bytes.js';
import type { PostRun } from './run.js';

/** The most dropped decisions that a record lists; a flood of signals must not fill it. */
export const MOST_DROPPED = 200;
/** The most decisions that counted; the oldest beyond make room, and the first line says how many they were. */
export const MOST_COUNTED = 200;
/** The most that the list takes as JSON: Temporal takes 2 MB in one piece, and a record has more to say. */
const MOST_BYTES = 600_000;
/** What is left of the oldest where the list takes too much, in characters. */
const CUT = { by: 60, note: 200 };

type Entry = Pick<ReviewEntry, 'decision' | 'by' | 'note' | 'counted'>;

/**
 * Notes a decision on the record, with what it was held against: counted, or dropped with why.
 *
 * @returns whether the record has changed: it lists only so many dropped decisions
 */
export function noteReview(
  run: PostRun,
  entry: Entry & { decision: DecisionKind },
  standing: Pick<Standing, 'revision' | 'gate'>,
  now: Date,
): boolean {
  const listed = run.review.filter(({ counted }) => counted === entry.counted).length;
  if (!entry.counted && listed >= MOST_DROPPED) return false;
  const { revision, gate } = standing;
  const row = { ...entry, revision, gate, at: now.toISOString() };
  if (entry.counted) {
    if (listed >= MOST_COUNTED) unlistOldest(run);
    run.review.push(row);
  } else {
    const by = row.by.slice(0, CUT.by);
    run.review.push({ ...row, by, note: listed + 1 === MOST_DROPPED ? lastNote(row.note) : row.note });
  }
  run.review = fitted(run.review);
  return true;
}

const lastNote = (note: string | null): string =>
  `${note ?? 'dropped'}; further dropped decisions are not noted`;

/** The first line stands for the oldest decisions that counted. */
function unlistOldest(run: PostRun): void {
  const [first, second] = run.review.filter(({ counted }) => counted);
  const gone = run.unlisted === 0 ? [first, second] : [second];
  const last = gone.at(-1);
  if (!last) return;
  run.unlisted += gone.length;
  const line = { ...last, by: 'copydesk', note: `${run.unlisted} decisions up to here are no longer listed` };
  run.review = run.review.flatMap((row) => (row === last ? [line] : row === first ? [] : [row]));
}

/** Cuts the words of the oldest until the list takes no more than it may. */
function fitted(review: readonly ReviewEntry[]): ReviewEntry[] {
  const rows = [...review];
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
