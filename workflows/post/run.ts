import type { Draft } from '../../contract/draft.js';
import type { MediaTask } from '../../activities/media-task.js';
import type { Charge } from '../../contract/money/charge.js';
import type { PostInput } from '../../contract/batch.js';
import { formatOf } from '../../contract/formats/registry.js';
import type { Gate, MediaStep, PostState, Step, StepState } from '../../contract/states.js';
import { newPaidRow, type PaidRow } from '../paid/row.js';
import type { Publication, ReviewEntry, StatusError } from '../../contract/status.js';
import type { Opening } from './opening.js';

/** A step of the pipeline as it goes. A step that is made again gets a row of its own, so that nothing paid is forgotten. */
export interface RunRow extends PaidRow {
  readonly step: Step;
  state: StepState;
  asset: string | null;
}

/** A job that fal has accepted. It is collected however often that takes, and never sent again. */
export interface SubmittedJob {
  readonly task: MediaTask;
  readonly requestId: string;
  /** Its file was refused: a person may have it fetched again, or pay for another. */
  readonly refused?: boolean;
  /** It is said to have failed: its result is looked for once more before another is paid. */
  readonly failed?: boolean;
}

/** A submit that may have been accepted, and is looked for. */
export interface LostSubmit {
  readonly task: MediaTask;
  /** When it began and when it had ended, ISO 8601. */
  readonly since: string;
  readonly from: string;
  readonly reason: string;
  /** Until when it was looked for in vain, ISO 8601; null while it is still looked for. */
  readonly lookedUntil: string | null;
}

/** What is made, and made again when a person asks for it. */
export type MadeStep = 'draft' | MediaStep;

/** What a person asked for, for the steps that are made again. */
export interface Instructions {
  readonly text: string | null;
  readonly media: string | null;
}

/**
 * Everything a post knows: changed by its workflow and its decisions, read by its query. Plain JSON, since a post carries it
 * over when it continues as new.
 */
export interface PostRun {
  readonly input: PostInput;
  readonly createdAt: string;
  status: PostState;
  /** The gate that is open; null when none is. */
  opening: Opening | null;
  revision: number;
  draft: Draft | null;
  /** What is still to be made for this revision. */
  stale: readonly MadeStep[];
  /** The gates that are behind this revision. */
  passed: readonly Gate[];
  instructions: Instructions;
  readonly rows: RunRow[];
  /** The decisions that are listed; see `review-log.ts` for how many. */
  review: ReviewEntry[];
  /** How many older decisions the first line of the list stands for. */
  unlisted: number;
  readonly publications: Publication[];
  /** When an approval said to publish, ISO 8601. */
  slot: string | null;
  publishedAt: string | null;
  error: StatusError | null;
  /** What `blocked` goes back to when a person resumes. */
  blockedFrom: PostState | null;
  readonly jobs: Partial<Record<MediaStep, SubmittedJob>>;
  lostSubmit: LostSubmit | null;
  /** The steps that a person has said to pay for although they are dear. */
  confirmed: readonly MadeStep[];
  /** How many files of a step have been stored. */
  readonly stored: Partial<Record<MediaStep, number>>;
  /** When a person was last reminded, ISO 8601. */
  remindedAt: string | null;
  /** How many records have been written; the archive takes only a newer one. */
  recorded: number;
}

const newRow = (step: Step): RunRow => ({ ...newPaidRow(), step, state: 'pending', asset: null });

/** A post at its start: planned, and paid for by its batch. */
export function newRun(input: PostInput, now: string): PostRun {
  const { media } = formatOf(input.contentFormat);
  const made: MadeStep[] = ['draft', ...media];
  const steps: Step[] = ['plan', ...made, 'review', 'publish'];
  const rows = steps.map(newRow);
  Object.assign(rows[0] as RunRow, { state: 'done', at: now, note: 'paid by the batch' });
  return {
    input,
    createdAt: now,
    status: 'drafting',
    opening: null,
    revision: 1,
    draft: null,
    stale: made,
    passed: [],
    instructions: { text: null, media: null },
    rows,
    review: [],
    unlisted: 0,
    publications: [],
    slot: null,
    publishedAt: null,
    error: null,
    blockedFrom: null,
    jobs: {},
    lostSubmit: null,
    confirmed: [],
    stored: {},
    remindedAt: null,
    recorded: 0,
  };
}

/** The newest row of a step. @throws Error for a step that the post's format lacks, which is a bug */
export function rowOf(run: PostRun, step: Step): RunRow {
  const row = run.rows.findLast((candidate) => candidate.step === step);
  if (!row) throw new Error(`a ${run.input.contentFormat} has no step ${step}`);
  return row;
}

/** The note of a row that has been replaced is cut: a record has room for many rows. */
const LONGEST_OLD_NOTE = 300;

const without = <T>(list: readonly T[], item: T): T[] => list.filter((one) => one !== item);

/** A step is made, and stays so until a person asks for it again. */
export function markMade(run: PostRun, step: MadeStep): void {
  run.stale = without(run.stale, step);
}

/** Puts steps up to be made again: each gets a new row before the review, and the old one stays, with its file and costs. */
export function redoSteps(run: PostRun, steps: readonly MadeStep[]): void {
  for (const step of steps) {
    run.stale = [...without(run.stale, step), step];
    run.confirmed = without(run.confirmed, step);
    if (step !== 'draft') forgetJob(run, step);
    const old = rowOf(run, step);
    if (old.state === 'pending') continue;
    if (old.state === 'running') old.state = 'skipped';
    if (old.state === 'done')
      old.note = [old.note, `replaced in revision ${run.revision}`].filter(Boolean).join('; ');
    old.note = old.note?.slice(0, LONGEST_OLD_NOTE) ?? null;
    run.rows.splice(
      run.rows.findIndex((row) => row.step === 'review'),
      0,
      newRow(step),
    );
  }
}

/** Who has a step made in other words does not want what was ordered in the words before. */
function forgetJob(run: PostRun, step: MediaStep): void {
  delete run.jobs[step];
  if (run.lostSubmit?.task.step === step) run.lostSubmit = null;
}

/** Skips what was still to be done. A job that fal has accepted may be billed all the same, and the record says so. */
export function skipRest(run: PostRun): void {
  for (const row of run.rows) {
    if (row.state === 'pending' || row.state === 'running') row.state = 'skipped';
  }
  for (const job of Object.values(run.jobs)) {
    const row = rowOf(run, job.task.step);
    if (job.refused || job.failed || row.note?.includes(job.requestId)) continue;
    row.note = `job ${job.requestId} was not collected; what it cost is not on this record`;
  }
}

export const chargesOf = (run: PostRun): Charge[] => run.rows.flatMap((row) => row.charges);

/** The step that a post is at, or was at when it stopped; null once every step is done. */
export const currentStep = (run: PostRun): Step | null =>
  run.rows.find((row) => row.state === 'running' || row.state === 'pending' || isOpenFailure(run, row))
    ?.step ?? null;

/** A failed row is where the post stands, unless the step has been made again since. */
const isOpenFailure = (run: PostRun, row: RunRow): boolean =>
  row.state === 'failed' && rowOf(run, row.step) === row;
