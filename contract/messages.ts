/**
 * The signals, updates and queries of the workflows, for both sides. They are plain definitions, since this file is
 * loaded by the command too, which must start fast.
 */
import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common';
import type { BatchStatus, PostStatus, StatusError } from './status.js';
import type { Gate, PostState, Redo, Step } from './states.js';

export interface Approve {
  readonly by: string;
  readonly gate?: Gate;
  readonly revision?: number;
  readonly note?: string;
  /** ISO 8601, `now` or `next` (the next free slot); beats the slot. */
  readonly publishAt?: string;
}
export interface Reject {
  readonly by: string;
  readonly reason: string;
}
export interface Cancel {
  readonly by: string;
  readonly reason?: string;
}

export interface Revise {
  readonly by: string;
  /** What the model is told. */
  readonly instructions: string;
  /** `text` when left out. */
  readonly redo?: Redo;
}

/** A person's own words, and a picture, in place of the model's; what is left out stays. */
export interface Edit {
  readonly by: string;
  /** The revision that is meant: of another one nothing is edited. The present one when left out. */
  readonly revision?: number;
  readonly title?: string;
  readonly body?: string;
  readonly caption?: string;
  /** Without `#`. */
  readonly hashtags?: readonly string[];
  readonly altText?: string;
  /** The target that `text` is for alone; both or neither. */
  readonly target?: string;
  /** A text of one's own for that target, in place of the fitted one; an empty one gives that back. */
  readonly text?: string;
  /** A picture of one's own, by the name that the desk stored it under: `<postId>_hero_2.png`. */
  readonly hero?: string;
}

/** Leaves `blocked`, for another try at the step that could not go on. */
export interface Resume {
  readonly by: string;
  readonly note?: string;
}

/** Another time for a post that is scheduled. */
export interface Reschedule {
  readonly by: string;
  /** ISO 8601, `now` or `next` (the next free slot). */
  readonly publishAt: string;
}

/** What the update `review` takes: the object of a signal with its name. */
export type ReviewRequest =
  | ({ readonly decision: 'approve' } & Approve)
  | ({ readonly decision: 'reject' } & Reject)
  | ({ readonly decision: 'cancel' } & Cancel)
  | ({ readonly decision: 'revise' } & Revise)
  | ({ readonly decision: 'edit' } & Edit)
  | ({ readonly decision: 'resume' } & Resume)
  | ({ readonly decision: 'reschedule' } & Reschedule);

export interface ReviewResult {
  readonly status: PostState;
  readonly revision: number;
}

export interface ApproveAll {
  readonly by: string;
  readonly note?: string;
  readonly publishAt?: string;
}

export interface SetBudget {
  readonly by: string;
  /** US dollars. */
  readonly usd: number;
  /** `month`: what the account may spend in a month, as far as this batch goes; `batch` when left out. */
  readonly of?: 'batch' | 'month';
}

export interface Pause {
  readonly by: string;
}

/** What a post tells its batch when it waits, blocks or ends, and what its workflow ends with. */
export interface PostReport {
  readonly id: string;
  /** Grows with each report, which may arrive in another order; left out where somebody else told it. */
  readonly sequence?: number;
  readonly title: string;
  readonly status: PostState;
  readonly gate: Gate | null;
  readonly revision: number;
  /** Nano-USD. */
  readonly cost: number;
  /** Nano-USD. */
  readonly unknown: number;
  readonly step: Step | null;
  readonly error: StatusError | null;
}

const signal = <T>(name: string): SignalDefinition<[T]> =>
  ({ type: 'signal', name }) as SignalDefinition<[T]>;
const query = <T>(name: string): QueryDefinition<T> => ({ type: 'query', name }) as QueryDefinition<T>;

export const approveSignal = signal<Approve>('approve');
export const rejectSignal = signal<Reject>('reject');
export const cancelSignal = signal<Cancel>('cancel');
export const reviseSignal = signal<Revise>('revise');
export const editSignal = signal<Edit>('edit');
export const resumeSignal = signal<Resume>('resume');
export const rescheduleSignal = signal<Reschedule>('reschedule');
export const reviewUpdate = { type: 'update', name: 'review' } as UpdateDefinition<
  ReviewResult,
  [ReviewRequest]
>;
/** The post is about to be edited or taken back: nothing more is published, and its workflow writes its last record. */
export const unpublishingSignal = signal<{ readonly by: string }>('unpublishing');
export const postStatusQuery = query<PostStatus>('status');

export const approveAllSignal = signal<ApproveAll>('approveAll');
export const setBudgetSignal = signal<SetBudget>('setBudget');
export const pauseSignal = signal<Pause>('pause');
/** Who is about to cancel a batch: the cancellation that Temporal delivers next names nobody. */
export const cancellingSignal = signal<Cancel>('cancelling');
export const reportSignal = signal<PostReport>('report');
export const batchStatusQuery = query<BatchStatus>('status');
