import type { DecisionKind, StepState } from '../../contract/states.js';
import type { PipelineRow, PostStatus } from '../../contract/status.js';
import type { Tone } from '../shared/state-chip.js';

export interface StepWords {
  /** The state as a person reads it. */
  readonly word: string;
  readonly tone: Tone;
}

const WORDS: Readonly<Record<StepState, StepWords>> = {
  pending: { word: 'to do', tone: 'over' },
  running: { word: 'running', tone: 'work' },
  done: { word: 'done', tone: 'good' },
  failed: { word: 'failed', tone: 'bad' },
  skipped: { word: 'skipped', tone: 'over' },
};

/** What became of a post that a decision ended; its review took place, whatever was skipped after it. */
const ENDED: Readonly<Partial<Record<DecisionKind, StepWords>>> = {
  reject: { word: 'rejected', tone: 'bad' },
  cancel: { word: 'cancelled', tone: 'over' },
  expire: { word: 'expired', tone: 'over' },
};

/**
 * The state of a step in a word. Two states of the record mean something else to a person: the review of a post that was
 * rejected counts as skipped there, and a step that a budget held back counts as failed, though nothing was sent.
 */
export function stepWords(
  row: PipelineRow,
  { review, error }: Pick<PostStatus, 'review' | 'error'>,
): StepWords {
  if (row.step === 'review' && row.state === 'skipped') {
    const last = review.findLast((entry) => entry.counted);
    return (last && ENDED[last.decision]) ?? WORDS.skipped;
  }
  if (row.state === 'failed' && wasNeverSent(row, error)) return { word: 'not started', tone: 'over' };
  return WORDS[row.state];
}

/** Nobody was called for it, and what stopped it, if anything still does, is money. */
const wasNeverSent = (row: PipelineRow, error: PostStatus['error']): boolean =>
  row.attempts === 0 && row.provider === null && (error === null || error.type.startsWith('Budget.'));
