import { z } from 'zod';
import type { Slots } from '../../contract/account.js';
import { MISSED, WEEKDAYS, type Weekday } from '../../contract/slot-moments.js';

const times = z
  .array(
    z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day from '00:00' to '23:59', in quotes"),
  )
  .min(1)
  .max(48);

/** The key `slots` of an account file. */
export const slotsFile = z
  .strictObject({
    week: z
      .strictObject(Object.fromEntries(WEEKDAYS.map((day) => [day, times.optional()])))
      .refine(
        (week) => Object.keys(week).length > 0,
        'must name at least one day of mon, tue, wed, thu, fri, sat, sun',
      ),
    missed: z.enum(MISSED).default('late'),
  })
  .optional();

/** Each day's times in their order, once each; null for an account without slots. */
export function toSlots(file: z.output<typeof slotsFile>): Slots | null {
  if (!file) return null;
  const week: Partial<Record<Weekday, readonly string[]>> = {};
  for (const day of WEEKDAYS) {
    const given = file.week[day];
    if (given) week[day] = [...new Set(given)].toSorted();
  }
  return { week, missed: file.missed };
}
