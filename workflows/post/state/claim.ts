import type { Missed } from '../../../contract/slot-moments.js';
import type { Post } from './state.js';

/** What the archive has been told of when this post goes out, for posts of accounts with slots. */
export interface Claim {
  /** Of the last word; the archive takes only a newer one. */
  readonly sequence: number;
  /** ISO 8601; null for none, and `unknown` from when it is asked until it answers. */
  readonly at: string | null;
}

export const NO_CLAIM: Claim = { sequence: 0, at: null };
const UNKNOWN = 'unknown';

/** A word to the archive goes out. */
export const askArchive = (claim: Claim): Claim => ({ sequence: claim.sequence + 1, at: UNKNOWN });

type Placed = Pick<Post, 'input' | 'decisions' | 'claim'>;

/** Whether a post that is approved goes out at a slot which it has still to be given. */
export const seeksSlot = ({ input, decisions: { slot, wish } }: Placed): boolean =>
  Boolean(input.account.slots) && slot === null && wish !== 'now';

/** Whether the archive is to be told when the post goes out, before it waits for that. */
export function isUnclaimed(post: Placed): boolean {
  const { slot } = post.decisions;
  if (slot === null) return seeksSlot(post);
  return Boolean(post.input.account.slots) && post.claim.at !== slot;
}

/** Whether the archive may have a moment for the post at which it will not go out. */
export function owesSlot(post: Placed): boolean {
  const { at } = post.claim;
  return at !== null && at !== post.decisions.slot;
}

/** The archive has answered. Where the post still looks for a slot, this is it; else a decision came meanwhile, and it is given back. */
export function placeAt(post: Post, sequence: number, at: string): Post {
  const claim = { sequence, at };
  if (post.decisions.status !== 'scheduled' || !seeksSlot(post)) return { ...post, claim };
  return { ...post, claim, decisions: { ...post.decisions, slot: at, wish: null } };
}

/**
 * How late a post may go out and still be in time, in ms: a worker that is deployed anew, and a machine that starts again, take
 * minutes. By more than this nothing ran at its slot.
 */
const IN_TIME = 10 * 60_000;

/** What becomes of a post at its slot: it goes out, or what its account says of slots that were missed. In ms since 1970. */
export function atSlot({ input }: Pick<Post, 'input'>, slot: number, now: number): Missed | 'in time' {
  const { slots } = input.account;
  return slots && now - slot > IN_TIME ? slots.missed : 'in time';
}
