/** The states, steps and decisions of a post and a batch, as the status documents spell them. */

export type PostState =
  | 'drafting'
  | 'illustrating'
  | 'filming'
  | 'awaiting_approval'
  | 'scheduled'
  | 'publishing'
  | 'published'
  | 'rejected'
  | 'expired'
  | 'blocked'
  | 'failed'
  | 'cancelled';

export const POST_STATES: readonly PostState[] = [
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
];

const FINAL: readonly PostState[] = ['published', 'rejected', 'expired', 'failed', 'cancelled'];
const AT_WORK: readonly PostState[] = ['drafting', 'illustrating', 'filming', 'publishing'];

/** Nothing more will happen to a post in this state. */
export const isFinal = (state: PostState): boolean => FINAL.includes(state);
/** The pipeline is busy with it; a post that waits for a person or a slot is not at work. */
export const isAtWork = (state: PostState): boolean => AT_WORK.includes(state);

export type BatchState = 'planning' | 'running' | 'paused' | 'done' | 'blocked' | 'failed' | 'cancelled';

const BATCH_FINAL: readonly BatchState[] = ['done', 'failed', 'cancelled'];
export const isBatchFinal = (state: BatchState): boolean => BATCH_FINAL.includes(state);

export type Gate = 'media' | 'publish';

export type Step = 'plan' | 'draft' | 'hero_image' | 'video' | 'review' | 'publish';
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

export type StepState = 'pending' | 'running' | 'done' | 'failed' | 'skipped';

export type DecisionKind = 'approve' | 'reject' | 'revise' | 'edit' | 'resume' | 'cancel' | 'expire';

/** A state, a decision or a step as a person writes it: `awaiting approval`. */
export const stateWords = (name: string): string => name.replaceAll('_', ' ');
