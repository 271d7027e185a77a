/** What a run of a conversation is at: none of it outlives the run. */
export interface Doing {
  /** The number of the last turn before this run; null until that is known. */
  readonly base: number | null;
  /** The conversation was deleted, or never was. */
  readonly isGone: boolean;
  /** How many questions this run has heard. */
  readonly heard: number;
  /** Those that have no answer yet, in the order of their arrival. */
  readonly open: readonly Asked[];
  /** How many turns are being written down beside. */
  readonly writing: number;
  /** When a question last came or was answered, ms since 1970. */
  readonly lastMs: number;
}

/** A question that has come. */
export interface Asked {
  /** Its place in the order of arrival, from 1. */
  readonly place: number;
  readonly visitor: string;
}

export const newDoing = (nowMs: number): Doing => ({
  base: null,
  isGone: false,
  heard: 0,
  open: [],
  writing: 0,
  lastMs: nowMs,
});

export function arrive(doing: Doing, visitor: string, nowMs: number): Doing {
  const place = doing.heard + 1;
  return { ...doing, heard: place, open: [...doing.open, { place, visitor }], lastMs: nowMs };
}

/**
 * Whether a question can be answered now. Those of one visitor follow each other, since the next may lean on the answer
 * before; those of others do not wait for them.
 */
export function isNext({ base, isGone, open }: Doing, { place, visitor }: Asked): boolean {
  if (isGone) return true;
  return base !== null && !open.some((asked) => asked.visitor === visitor && asked.place < place);
}

export const leave = (doing: Doing, { place }: Asked, nowMs: number): Doing => ({
  ...doing,
  open: doing.open.filter((asked) => asked.place !== place),
  lastMs: nowMs,
});

export const isQuiet = ({ open, writing }: Doing): boolean => open.length === 0 && writing === 0;

/** How long the conversation may still wait for a question, in ms; none or less when its time is up. */
export const idleLeft = ({ lastMs }: Doing, idleMs: number, nowMs: number): number => lastMs + idleMs - nowMs;
