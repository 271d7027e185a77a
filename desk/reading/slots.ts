import type { Account } from '../../contract/account.js';
import type { SlotRow } from '../../contract/lists.js';
import { slotMoments, slotsBetween } from '../../contract/slot-moments.js';
import type { Archive } from '../../services/archive/archive.js';
import type { DeskDeps } from '../deps.js';

/** How far the free slots are looked for, in ms. */
const AHEAD_MS = 366 * 86_400_000;

/** The next slots of an account that no post has, ISO 8601; none for an account without slots. */
export async function freeSlots(
  { archive, now }: Pick<DeskDeps, 'archive' | 'now'>,
  { handle, timeZone, slots }: Account,
  most: number,
): Promise<string[]> {
  if (!slots) return [];
  const from = now().getTime();
  const range = { account: handle, from: isoOf(from), until: isoOf(from + AHEAD_MS) };
  const taken = new Set((await archive.slots.list(range)).map(({ at }) => Date.parse(at)));
  const free: string[] = [];
  for (const moment of slotMoments(slots, timeZone, from)) {
    if (free.length === most || moment > from + AHEAD_MS) break;
    if (!taken.has(moment)) free.push(isoOf(moment));
  }
  return free;
}

const isoOf = (at: number): string => new Date(at).toISOString();

const WEEK_MS = 7 * 86_400_000;

/** The slots of an account from one moment on and before another, as its file has them, and who has which. */
export async function readSlotRows(
  { slots: taken }: Pick<Archive, 'slots'>,
  { handle, slots, timeZone }: Account,
  { from, until }: { readonly from: Date; readonly until: Date },
): Promise<SlotRow[]> {
  if (!slots) return [];
  const moments = slotsBetween(slots, timeZone, { from: from.getTime(), until: until.getTime() });
  const range = { from: from.toISOString(), until: until.toISOString() };
  const all = await taken.list({ account: handle, ...range });
  // Of several posts at one moment the one that has the slot is shown, which stands first.
  const byMoment = new Map(all.toReversed().map((slot) => [slot.at, slot]));
  return moments.map((moment) => {
    const at = new Date(moment).toISOString();
    const { postId, title } = byMoment.get(at) ?? { postId: null, title: null };
    return { at, postId, title };
  });
}

/** From now on, so many weeks. */
export const comingWeeks = (now: Date, weeks: number): { from: Date; until: Date } => ({
  from: now,
  until: new Date(now.getTime() + weeks * WEEK_MS),
});
