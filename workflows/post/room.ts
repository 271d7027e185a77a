import { chargesOf, type PostRun } from './run.js';

/** How many rows a pipeline may have: each time that something is made again adds up to three. */
export const MOST_ROWS = 120;
/** How many paid calls a record has room for. */
export const MOST_CHARGES = 500;

/** What a post may still do: its record is carried in one piece, of which Temporal takes 2 MB. */
export interface Room {
  /** Make steps again, each in a row of its own. */
  readonly toRevise: boolean;
  /** Try again the step that it is blocked at. */
  readonly toResume: boolean;
}

export function roomOf(run: PostRun): Room {
  const toPay = chargesOf(run).length < MOST_CHARGES;
  return {
    toRevise: toPay && run.rows.length < MOST_ROWS,
    // Publishing costs nothing.
    toResume: toPay || run.blockedFrom === 'publishing',
  };
}
