import { momentOf } from '../../contract/wall-time.js';

/** What a field for a day and a time sends: `2026-07-02T09:00`. */
const WALL_TIME = /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/;

/**
 * A time as the clocks of a zone show it, in UTC as ISO 8601; null for what is none. Of a time that the clocks show twice it is
 * the first; one that they skip is the moment after the gap, as for a slot.
 */
export function wallTimeToUtc(text: string, timeZone: string): string | null {
  const match = WALL_TIME.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const shown = Date.UTC(year, month - 1, day, hour, minute);
  if (new Date(shown).getUTCDate() !== day || new Date(shown).getUTCMonth() !== month - 1) return null;
  return new Date(momentOf(shown, timeZone)).toISOString();
}
