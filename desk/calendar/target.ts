import { ID_PATTERN } from '../../contract/ids.js';
import { parseIsoTime } from '../../contract/time.js';
import { momentOf, wallTimeAt } from '../../contract/wall-time.js';
import { DAY_MS, parseDay } from './days.js';

/** Where a post is to be moved. */
export interface MoveTarget {
  /** ISO 8601. */
  readonly at: string;
  /** The post that was shown there, with which it is to change places; null for a time that nobody was shown at. */
  readonly other: string | null;
}

export interface TargetContext {
  /** When the post goes out now, ISO 8601. */
  readonly from: string;
  readonly timeZone: string;
  readonly now: Date;
}

const WALL_TIME = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/;

/** What stands in a form for a moment, and for one that a post has. */
export const targetText = ({ at, other }: MoveTarget): string => (other === null ? at : `${at} ${other}`);

/**
 * Reads where a form moves a post: a moment, a moment and who has it (`targetText`), a day (`2026-11-26`, at the same time of
 * day), or a day and a time as a field for both sends it, in the zone in which the calendar was shown.
 */
export function readTarget(
  text: string,
  { from, timeZone, now }: TargetContext,
): MoveTarget | { problem: string } {
  const [when = '', other = null] = text.split(' ');
  const at = momentIn(when, { from, timeZone });
  if (at === null || (other !== null && !ID_PATTERN.test(other)))
    return { problem: 'Choose a slot, or the day and the time at which it is to go out.' };
  if (at <= now.getTime()) return { problem: 'The time at which it is to go out is past.' };
  return { at: new Date(at).toISOString(), other };
}

function momentIn(text: string, { from, timeZone }: Pick<TargetContext, 'from' | 'timeZone'>): number | null {
  const moment = parseIsoTime(text);
  if (moment !== null) return moment;
  const [, date = text, hours, minutes] = WALL_TIME.exec(text) ?? [];
  const day = dayIn(date);
  if (day === null) return null;
  const timeOfDay =
    hours === undefined
      ? wallTimeAt(Date.parse(from), timeZone) % DAY_MS
      : (Number(hours) * 60 + Number(minutes)) * 60_000;
  return momentOf(day + timeOfDay, timeZone);
}

function dayIn(text: string): number | null {
  try {
    return parseDay(text);
  } catch {
    return null;
  }
}
