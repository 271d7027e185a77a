import { chargesIn } from './state/rows.js';
import type { Post } from './state/state.js';

/** How many rows a pipeline may have: each time that something is made again adds up to three. */
export const MOST_ROWS = 120;
/** How many paid calls a record has room for. */
export const MOST_CHARGES = 500;

/** What a post may still do: its record is carried in one piece, of which Temporal takes 2 MB. */
export interface Capacity {
  /** Make steps again, each in a row of its own. */
  readonly toRevise: boolean;
  /** Try again the step that it is blocked at. */
  readonly toResume: boolean;
}

export function capacityOf({ work, decisions }: Post): Capacity {
  const toPay = chargesIn(work.rows).length < MOST_CHARGES;
  return {
    toRevise: toPay && work.rows.length < MOST_ROWS,
    // Publishing costs nothing.
    toResume: toPay || decisions.blockedFrom === 'publishing',
  };
}
