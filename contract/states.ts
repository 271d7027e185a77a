/** The states, steps and decisions of a post and a batch, as the status documents spell them. */

export const POST_STATES = [
  'drafting',
  'illustrating',
  'filming',
  'awaiting_approval',
  'scheduled',
  'publishing',
  'published',
  'rejected',
  'expired',
  'blocked',
  'failed',
  'cancelled',
] as const;
export type PostState = (typeof POST_STATES)[number];

const FINAL: readonly PostState[] = ['published', 'rejected', 'expired', 'failed', 'cancelled'];
const AT_WORK: readonly PostState[] = ['drafting', 'illustrating', 'filming', 'publishing'];

/** Nothing more will happen to a post in this state. */
export const isFinal = (state: PostState): boolean => FINAL.includes(state);
/** The pipeline is busy with it; a post that waits for a person or a slot is not at work. */
export const isAtWork = (state: PostState): boolean => AT_WORK.includes(state);

export const BATCH_STATES = [
  'planning',
  'running',
  'paused',
  'done',
  'blocked',
  'failed',
  'cancelled',
] as const;
export type BatchState = (typeof BATCH_STATES)[number];

const BATCH_FINAL: readonly BatchState[] = ['done', 'failed', 'cancelled'];
export const isBatchFinal = (state: BatchState): boolean => BATCH_FINAL.includes(state);

/** In the order in which they open. */
export const GATES = ['media', 'publish'] as const;
export type Gate = (typeof GATES)[number];

export const STEPS = ['plan', 'draft', 'hero_image', 'video', 'review', 'publish'] as const;
export type Step = (typeof STEPS)[number];

/** The steps that pay fal for a file. */
export type MediaStep = 'hero_image' | 'video';

export const STEP_LABEL: Readonly<Record<Step, string>> = {
  plan: 'Plan',
  draft: 'Draft',
  hero_image: 'Hero image',
  video: 'Video',
  review: 'Review',
  publish: 'Publish',
};

export const STEP_STATES = ['pending', 'running', 'done', 'failed', 'skipped'] as const;
export type StepState = (typeof STEP_STATES)[number];

export const DECISION_KINDS = ['approve', 'reject', 'revise', 'edit', 'resume', 'cancel', 'expire'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** A state, a decision or a step as a person writes it: `awaiting approval`. */
export const stateWords = (name: string): string => name.replaceAll('_', ' ');
