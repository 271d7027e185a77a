import type { AcceptedJob } from '../../../activities/job.js';
import type { MediaTask } from '../../../activities/media-task.js';
import type { Copied } from '../../../contract/batch.js';
import type { MediaStep, Step } from '../../../contract/states.js';
import { type Cell, focus, partOf } from '../../cell.js';
import {
  type MadeStep,
  type StepRow,
  changeRow,
  changeTargetRow,
  currentStep,
  madeSteps,
  newRows,
  replaceRow,
  rowOf,
  skipRows,
} from './rows.js';

/** A job that fal has accepted. It is collected however often that takes, and never sent again. */
export interface MediaJob extends AcceptedJob {
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

/** What is made. */
export interface Work {
  readonly rows: readonly StepRow[];
  /** What is still to be made for this revision. */
  readonly stale: readonly MadeStep[];
  /** What a person asked of picture and clip; null when nothing. */
  readonly instructions: string | null;
  readonly jobs: Readonly<Partial<Record<MediaStep, MediaJob>>>;
  readonly lostSubmit: LostSubmit | null;
  /** How many files of a step have been stored. */
  readonly stored: Readonly<Partial<Record<MediaStep, number>>>;
  /** The steps that a person has said to pay for although they are dear. */
  readonly confirmed: readonly MadeStep[];
}

export const newWork = (contentFormat: string, targets: readonly string[], now: string): Work => ({
  rows: newRows(contentFormat, targets, now),
  stale: madeSteps(contentFormat),
  instructions: null,
  jobs: {},
  lostSubmit: null,
  stored: {},
  confirmed: [],
});

/** What a copy has from the post that it was copied from is made, and was paid there. */
export function copyWork(work: Work, copied: Copied | undefined, now: string): Work {
  if (!copied) return work;
  const note = `copied from ${copied.from}`;
  const rows = work.rows.map((row): StepRow => {
    if (row.step === 'plan') return { ...row, note };
    const part = copied.parts[row.step];
    return part ? { ...row, ...part, state: 'done', at: now, note } : row;
  });
  const isLeft = (step: MadeStep): boolean => copied.parts[step] === undefined;
  return { ...work, rows, stale: work.stale.filter(isLeft), stored: { hero_image: 1, video: 1 } };
}

/** The newest row of a step, for who writes on it while it waits. */
export const rowCell = (work: Cell<Work>, step: Step): Cell<StepRow> =>
  focus<Work['rows'], StepRow>(
    partOf(work, 'rows'),
    (rows) => rowOf(rows, step),
    (rows, change) => changeRow(rows, step, change),
  );

const without = <T>(list: readonly T[], item: T): T[] => list.filter((one) => one !== item);

/** A step is made, and stays so until a person asks for it again. */
export const finishStep = (work: Work, step: MadeStep): Work => ({
  ...work,
  stale: without(work.stale, step),
  rows: changeRow(work.rows, step, (row) => ({ ...row, state: 'done' })),
});

/** The step that the post is at can't go on. */
export function failStep(work: Work, message: string): Work {
  const step = currentStep(work.rows);
  if (step === null) return work;
  return {
    ...work,
    rows: changeRow(work.rows, step, (row) => ({ ...row, state: 'failed', note: message })),
  };
}

/** The targets that failed are asked once more. */
export const reopenTargets = (work: Work, names: readonly string[]): Work => ({
  ...work,
  rows: names.reduce(
    (rows, name) =>
      changeTargetRow(rows, name, (row) => ({ ...row, state: 'pending', note: null, at: null })),
    work.rows,
  ),
});

/** The post does not go to these targets, for the reason in `note`. */
export const skipTargets = (work: Work, names: readonly string[], note: string): Work => ({
  ...work,
  rows: names.reduce(
    (rows, name) => changeTargetRow(rows, name, (row) => ({ ...row, state: 'skipped', note })),
    work.rows,
  ),
});

/** Puts steps up to be made again, in other words: what was ordered in the words before is not wanted any more. */
export function redoSteps(work: Work, steps: readonly MadeStep[], revision: number): Work {
  return steps.reduce(
    (before, step) => ({
      ...(step === 'draft' ? before : forgetLostSubmit(forgetJob(before, step), step)),
      stale: [...without(before.stale, step), step],
      confirmed: without(before.confirmed, step),
      rows: replaceRow(before.rows, step, revision),
    }),
    work,
  );
}

export const askForMedia = (work: Work, instructions: string | null): Work => ({ ...work, instructions });

/** Somebody has said to pay for the step that the post is at. */
export function confirmStep(work: Work): Work {
  const step = currentStep(work.rows);
  if (step !== 'draft' && step !== 'hero_image' && step !== 'video') return work;
  return { ...work, confirmed: [...without(work.confirmed, step), step] };
}

/** Keeps a job to be collected, also one whose submit had been lost. */
export function keepJob(work: Work, job: MediaJob): Work {
  const { step } = job.task;
  return forgetLostSubmit({ ...work, jobs: { ...work.jobs, [step]: job } }, step);
}

export function forgetJob(work: Work, step: MediaStep): Work {
  const jobs = { ...work.jobs };
  delete jobs[step];
  return { ...work, jobs };
}

export const loseSubmit = (work: Work, lostSubmit: LostSubmit): Work => ({ ...work, lostSubmit });

export const forgetLostSubmit = (work: Work, step: MediaStep): Work =>
  work.lostSubmit?.task.step === step ? { ...work, lostSubmit: null } : work;

export const storeAsset = (work: Work, step: MediaStep, asset: string): Work => ({
  ...work,
  stored: { ...work.stored, [step]: nextNumber(work, step) },
  rows: changeRow(work.rows, step, (row) => ({ ...row, asset })),
});

/**
 * Puts a person's own picture in place of the model's, in a row of its own, which costs nothing. What was ordered or is still to be
 * made in its place is not wanted any more.
 */
export function replaceHero(
  work: Work,
  { asset, number, by }: { readonly asset: string; readonly number: number; readonly by: string },
  { revision, now }: { readonly revision: number; readonly now: Date },
): Work {
  const clear = forgetLostSubmit(forgetJob(work, 'hero_image'), 'hero_image');
  const before = rowOf(clear.rows, 'hero_image').asset;
  const rows = changeRow(replaceRow(clear.rows, 'hero_image', revision), 'hero_image', (row) => ({
    ...row,
    provider: null,
    model: null,
    note: `picture by ${by}`,
    asset,
    at: now.toISOString(),
  }));
  const replaced = { ...clear, rows, stored: { ...clear.stored, hero_image: number } };
  return noteOldFrame(finishStep(replaced, 'hero_image'), before);
}

/** A clip that is made already starts from the picture of before, which its row says. */
function noteOldFrame(work: Work, frame: string | null): Work {
  const clip = work.rows.findLast((row) => row.step === 'video');
  if (frame === null || clip?.state !== 'done') return work;
  const note = [clip.note, `made from ${frame}, which was replaced`].filter(Boolean).join('; ');
  return { ...work, rows: changeRow(work.rows, 'video', (row) => ({ ...row, note })) };
}

/** Which stored file of its kind the next one is, from 1. */
export const nextNumber = ({ stored }: Work, step: MediaStep): number => (stored[step] ?? 0) + 1;

/** The jobs that fal has accepted and whose end nobody has heard of. */
export const pendingJobs = ({ jobs }: Work): MediaJob[] =>
  Object.values(jobs).filter((job) => !job.refused && !job.failed);

/** Skips what was still to be done. A job that fal has accepted may be billed all the same, and the record says so. */
export const skipRest = (work: Work): Work => ({
  ...work,
  rows: pendingJobs(work).reduce(
    (rows, { task, requestId }) => changeRow(rows, task.step, (row) => noteUncollected(row, requestId)),
    skipRows(work.rows),
  ),
});

function noteUncollected(row: StepRow, requestId: string): StepRow {
  if (row.note?.includes(requestId)) return row;
  return { ...row, note: `job ${requestId} was not collected; what it cost is not on this record` };
}
