import type { Draft } from '../../activities/draft.js';
import type { MediaTask } from '../../activities/media-task.js';
import type { Charge } from '../../contract/charge.js';
import type { PostInput } from '../../contract/batch.js';
import { formatOf } from '../../contract/formats/registry.js';
import type { Gate, MediaStep, PostState, Step, StepState } from '../../contract/states.js';
import type { Publication, ReviewEntry, StatusError } from '../../contract/status.js';

/** A step of the pipeline as it goes; its costs are the charges of that step. */
export interface RunRow {
  readonly step: Step;
  state: StepState;
  provider: string | null;
  model: string | null;
  asset: string | null;
  apiSeconds: number | null;
  /** Paid tries. */
  attempts: number;
  at: string | null;
  note: string | null;
}

/** A job that fal has accepted. It is collected however often that takes, and never sent again. */
export interface SubmittedJob {
  readonly task: MediaTask;
  readonly requestId: string;
}

/** Everything a post knows. One object, changed by its workflow and its decisions, read by its query. */
export interface PostRun {
  readonly input: PostInput;
  readonly createdAt: string;
  status: PostState;
  gate: Gate | null;
  revision: number;
  draft: Draft | null;
  readonly rows: RunRow[];
  readonly charges: Charge[];
  readonly review: ReviewEntry[];
  readonly publications: Publication[];
  /** When an approval said to publish, ISO 8601. */
  slot: string | null;
  publishedAt: string | null;
  error: StatusError | null;
  /** What `blocked` goes back to when a person resumes. */
  blockedFrom: PostState | null;
  readonly jobs: Partial<Record<MediaStep, SubmittedJob>>;
  /** How many files of a step have been stored. */
  readonly stored: Partial<Record<MediaStep, number>>;
}

const newRow = (step: Step): RunRow => ({
  step,
  state: 'pending',
  provider: null,
  model: null,
  asset: null,
  apiSeconds: null,
  attempts: 0,
  at: null,
  note: null,
});

/** A post at its start: planned, and paid for by its batch. */
export function newRun(input: PostInput, now: string): PostRun {
  const { media } = formatOf(input.contentFormat);
  const steps: Step[] = ['plan', 'draft', ...media, 'review', 'publish'];
  const rows = steps.map(newRow);
  Object.assign(rows[0] as RunRow, { state: 'done', at: now, note: 'paid by the batch' });
  return {
    input,
    createdAt: now,
    status: 'drafting',
    gate: null,
    revision: 1,
    draft: null,
    rows,
    charges: [],
    review: [],
    publications: [],
    slot: null,
    publishedAt: null,
    error: null,
    blockedFrom: null,
    jobs: {},
    stored: {},
  };
}

/** The row of a step. @throws Error for a step that the post's format lacks, which is a bug */
export function rowOf(run: PostRun, step: Step): RunRow {
  const row = run.rows.find((candidate) => candidate.step === step);
  if (!row) throw new Error(`a ${run.input.contentFormat} has no step ${step}`);
  return row;
}

/** The step that a post is at, or was at when it stopped; null once every step is done. */
export const currentStep = (run: PostRun): Step | null =>
  run.rows.find((row) => row.state === 'running' || row.state === 'failed' || row.state === 'pending')
    ?.step ?? null;
