import type { Account } from '../../contract/account.js';
import { slotMoments } from '../../contract/slot-moments.js';
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
