import type { Nano } from './nano.js';
import type { ChargeStep } from '../states.js';

/**
 * Where an amount comes from: `priced` by the usage in the answer and a dated price table, `metered` by the units the
 * provider counted, `billed` by the provider's own billing record, or `unknown`: an estimate of a call whose answer
 * never came, kept out of every known total.
 */
export type ChargeBasis = (typeof CHARGE_BASES)[number];
export const CHARGE_BASES = ['priced', 'metered', 'billed', 'unknown'] as const;

/** What became of the output that was paid for. */
export type ChargeOutcome = (typeof CHARGE_OUTCOMES)[number];
export const CHARGE_OUTCOMES = [
  'kept',
  'refused',
  'truncated',
  'malformed',
  'rule_broken',
  'failed',
  'lost',
  'cancelled',
] as const;

/** One paid call. */
export interface Charge {
  /** Unique for the call, and the same however often its record is written. */
  readonly key: string;
  readonly step: ChargeStep;
  readonly provider: string;
  readonly model: string;
  /** How much of what was bought, as the provider counts it; null where that is not known. */
  readonly quantity: string | null;
  /** One unit's price in words: `0.06 USD per image`. */
  readonly unitPrice: string | null;
  /** Nano-USD. For basis `unknown` an estimate. */
  readonly amount: Nano;
  readonly basis: ChargeBasis;
  readonly outcome: ChargeOutcome;
  readonly requestId: string | null;
  /** Name and version of the prompt, for text. */
  readonly prompt: string | null;
  /** Made by a stand-in: never real money. */
  readonly offline: boolean;
  /** ISO 8601. */
  readonly at: string;
}

/** The sum of what is known, in nano-USD. */
export const knownNano = (charges: readonly Charge[]): Nano =>
  charges.reduce((sum, charge) => (charge.basis === 'unknown' ? sum : sum + charge.amount), 0);

/** The sum of the estimates that stand in for lost answers, in nano-USD. */
export const unknownNano = (charges: readonly Charge[]): Nano =>
  charges.reduce((sum, charge) => (charge.basis === 'unknown' ? sum + charge.amount : sum), 0);

/** What `costs` can sum charges by. A day is one of UTC. */
export const COST_KEYS = ['day', 'account', 'planner', 'model', 'step'] as const;
export type CostKey = (typeof COST_KEYS)[number];

// The keys of charges: one for each paid call, told by what it was for. `run` tells the workflow's run: one that is reset to an
// earlier moment makes a call of the same number once more, and pays for it.

export const planKey = (call: { batchId: string; run: string; page: number; call: number }): string =>
  `batch/${call.batchId}/plan/${call.page}/${call.run}/${call.call}`;

export const draftKey = (call: { postId: string; run: string; revision: number; call: number }): string =>
  `post/${call.postId}/draft/r${call.revision}/${call.run}/${call.call}`;

/**
 * A call of a chat's turn. `run` tells the workflow's run: a conversation that is taken up again may give a number once more
 * that failed before.
 */
export interface ChatCall {
  readonly chatId: string;
  readonly run: string;
  readonly turn: number;
  readonly call: number;
}

export const answerKey = ({ chatId, run, turn, call }: ChatCall): string =>
  `chat/${chatId}/answer/${turn}/${run}/${call}`;

export const embeddingKey = ({ chatId, run, turn, call }: ChatCall): string =>
  `chat/${chatId}/embedding/${turn}/${run}/${call}`;
