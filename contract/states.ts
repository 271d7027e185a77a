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
  'unpublished',
] as const;
export type PostState = (typeof POST_STATES)[number];

const FINAL: readonly PostState[] = [
  'published',
  'rejected',
  'expired',
  'failed',
  'cancelled',
  'unpublished',
];
const AT_WORK: readonly PostState[] = ['drafting', 'illustrating', 'filming', 'publishing'];

/** Nothing more will happen to a post in this state by itself; one that is published can be unpublished. */
export const isFinal = (state: PostState): boolean => FINAL.includes(state);
/** Whether a target did not take a post and waits for a person: nothing else is an error of one that is out, or on its way. */
export const hasFailedTarget = ({ status, error }: { status: PostState; error: unknown }): boolean =>
  (status === 'published' || status === 'publishing') && Boolean(error);
/** What may need a person, as a list says it. */
export const ATTENTION_WORDS = {
  key: 'key',
  batch: 'batch',
  schedule: 'schedule',
  target: 'target failed',
  post: 'blocked',
} as const;
export const TARGET_FAILED = ATTENTION_WORDS.target;
/** How long such a post waits for a person, in ms: then its workflow ends. */
export const MENDING_MS = 30 * 24 * 3_600_000;
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

export const BATCH_FINAL: readonly BatchState[] = ['done', 'failed', 'cancelled'];
export const isBatchFinal = (state: BatchState): boolean => BATCH_FINAL.includes(state);

/** In the order in which they open. */
export const GATES = ['media', 'publish'] as const;
export type Gate = (typeof GATES)[number];

export const STEPS = ['plan', 'draft', 'hero_image', 'video', 'review', 'publish'] as const;
export type Step = (typeof STEPS)[number];

/** What a charge is for: a step of a post, or what a turn of a chat needs. */
export const CHARGE_STEPS = [...STEPS, 'chat', 'embedding'] as const;
export type ChargeStep = (typeof CHARGE_STEPS)[number];

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

/** What a charge was for, as a person reads it. */
export const CHARGE_STEP_LABEL: Readonly<Record<ChargeStep, string>> = {
  ...STEP_LABEL,
  chat: 'Chat answer',
  embedding: 'Meaning of a question',
};

export const STEP_STATES = ['pending', 'running', 'done', 'failed', 'skipped'] as const;
export type StepState = (typeof STEP_STATES)[number];

/** What a person tells a post while its workflow runs. */
export const DECISION_NAMES = [
  'approve',
  'reject',
  'revise',
  'edit',
  'resume',
  'cancel',
  'reschedule',
] as const;
export const DECISION_KINDS = [...DECISION_NAMES, 'unpublish', 'expire'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** What is made again: the words, the picture (with the clip made from it), the clip, or everything. */
export const REDO_KINDS = ['text', 'image', 'video', 'all'] as const;
export type Redo = (typeof REDO_KINDS)[number];

/** A state, a decision or a step as a person writes it: `awaiting approval`. */
export const stateWords = (name: string): string => name.replaceAll('_', ' ');

export type Counts = Readonly<Partial<Record<PostState, number>>>;

/** How many posts are in each state. */
export function countStates(posts: readonly { readonly status: PostState }[]): Counts {
  const counts: Partial<Record<PostState, number>> = {};
  for (const { status } of posts) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** The states that some post is in, in the order in which a post goes through them. */
export const statesIn = (counts: Counts): readonly PostState[] =>
  POST_STATES.filter((state) => counts[state]);

/** The same as a person reads it: `2 drafting, 1 published`. */
export const countWords = (counts: Counts): string =>
  statesIn(counts)
    .map((state) => `${counts[state]} ${stateWords(state)}`)
    .join(', ');
