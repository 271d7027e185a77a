import type { Fault } from '../../offline/stand-ins.js';
import type { MediaStep } from '../../contract/states.js';
import type { ChargeOutcome } from '../../contract/money/charge.js';

/** A fault that strikes the scenario's own step and no other's. */
export type Strike = Omit<Fault, 'match'>;

/** What the record says of a step. */
export interface Standing {
  /** Paid tries, as the step's row counts them. */
  readonly attempts: number;
  /** What became of what was paid, in order; each is a charge. */
  readonly outcomes: readonly ChargeOutcome[];
}

/** One fault at one step: how it ends, and how it goes on once a person has mended it. */
export interface Scenario {
  readonly name: string;
  readonly step: 'plan' | 'draft' | MediaStep;
  readonly strikes: readonly Strike[];
  /** The step's model, where it is not the sample account's. */
  readonly model?: string;
  /** Of the failures that Temporal retried by itself. */
  readonly retried?: { readonly type: string; readonly message?: RegExp };
  /** The pauses, in ms, after which a call was made again. */
  readonly waits?: readonly number[];
  /** What stops the step; null when it goes on by itself. */
  readonly blocked: {
    readonly type: string;
    readonly message: RegExp;
    /** Whether the error names the provider's request. */
    readonly request: boolean;
    readonly standing: Standing;
  } | null;
  /** At the gate in the end. */
  readonly end: Standing;
  /** What the row says of it. */
  readonly note?: RegExp;
  /** How many jobs fal was given for the step; 1 when left out. */
  readonly jobs?: number;
  /** How many calls were billed whose answer was lost. */
  readonly lostBills?: number;
  /** The charge that is kept is an estimate, since nobody could tell its price. */
  readonly unpriced?: boolean;
}

const kept = (attempts: number): Standing => ({ attempts, outcomes: ['kept'] });

/** Goes on by itself, with one paid try. */
export const goesOn: Pick<Scenario, 'blocked' | 'end'> = { blocked: null, end: kept(1) };
