import type { Charge } from '../../../contract/money/charge.js';
import { formatOf } from '../../../contract/formats/registry.js';
import type { MediaStep, Redo, Step, StepState } from '../../../contract/states.js';
import { newPaidRow, type PaidRow } from '../../paid/row.js';

/** A step of the pipeline. A step that is made again gets a row of its own, so that nothing paid is forgotten. */
export interface StepRow extends PaidRow {
  readonly step: Step;
  /** Of a publish row: the target's name. */
  readonly target?: string;
  readonly state: StepState;
  readonly asset: string | null;
}

/** What is made, and made again when a person asks for it. */
export type MadeStep = 'draft' | MediaStep;

type Rows = readonly StepRow[];

const newRow = (step: Step): StepRow => ({ ...newPaidRow(), step, state: 'pending', asset: null });

export const madeSteps = (contentFormat: string): MadeStep[] => ['draft', ...formatOf(contentFormat).media];

/**
 * The pipeline of a post at its start: planned, and paid for by its batch.
 *
 * @param targets the names of the targets, each of which has a row.
 */
export const newRows = (contentFormat: string, targets: readonly string[], now: string): StepRow[] => [
  { ...newRow('plan'), state: 'done', at: now, note: 'paid by the batch' },
  ...madeSteps(contentFormat).map(newRow),
  newRow('review'),
  ...targets.map(publishRow),
];

const publishRow = (target: string): StepRow => ({ ...newRow('publish'), target });

/** The publish row of a target. @throws Error for a target that the post's account lacks, which is a bug */
export function targetRow(rows: Rows, target: string): StepRow {
  const row = rows.find((one) => one.step === 'publish' && one.target === target);
  if (!row) throw new Error(`the post has no target ${target}`);
  return row;
}

/** Changes the publish row of a target. */
export const changeTargetRow = (rows: Rows, target: string, change: (row: StepRow) => StepRow): StepRow[] =>
  rows.map((row) => (row.step === 'publish' && row.target === target ? change(row) : row));

/** The newest row of a step. @throws Error for a step that the post's format lacks, which is a bug */
export const rowOf = (rows: Rows, step: Step): StepRow => rows[indexOf(rows, step)] as StepRow;

/** Changes the newest row of a step. */
export function changeRow(rows: Rows, step: Step, change: (row: StepRow) => StepRow): StepRow[] {
  const index = indexOf(rows, step);
  return rows.with(index, change(rows[index] as StepRow));
}

function indexOf(rows: Rows, step: Step): number {
  const index = rows.findLastIndex((row) => row.step === step);
  if (index < 0) throw new Error(`the post has no step ${step}`);
  return index;
}

/** The note of a row that has been replaced is cut: a record has room for many rows. */
const LONGEST_OLD_NOTE = 300;

/** Gives a step that is made again a new row before the review. The old one stays, with its file and costs. */
export function replaceRow(rows: Rows, step: Step, revision: number): Rows {
  if (rowOf(rows, step).state === 'pending') return rows;
  const replaced = changeRow(rows, step, (row) => oldRow(row, revision));
  const review = replaced.findIndex((row) => row.step === 'review');
  return replaced.toSpliced(review, 0, newRow(step));
}

function oldRow(row: StepRow, revision: number): StepRow {
  const note =
    row.state === 'done'
      ? [row.note, `replaced in revision ${revision}`].filter(Boolean).join('; ')
      : row.note;
  const state = row.state === 'running' ? 'skipped' : row.state;
  return { ...row, state, note: note?.slice(0, LONGEST_OLD_NOTE) ?? null };
}

/** Skips what was still to be done. */
export const skipRows = (rows: Rows): StepRow[] =>
  rows.map((row) => (isOpen(row) ? { ...row, state: 'skipped' } : row));

export const chargesIn = (rows: Rows): Charge[] => rows.flatMap((row) => row.charges);

/** The step that a post is at, or was at when it stopped; null once every step is done. */
export const currentStep = (rows: Rows): Step | null =>
  rows.find((row) => isOpen(row) || isOpenFailure(rows, row))?.step ?? null;

const isOpen = ({ state }: StepRow): boolean => state === 'running' || state === 'pending';

/** A failed row is where the post stands, unless the step has been made again since. */
const isOpenFailure = (rows: Rows, row: StepRow): boolean =>
  row.state === 'failed' && (row.step === 'publish' || rowOf(rows, row.step) === row);

/** What is made again: a clip always follows the picture that it starts from. */
export function stepsToRedo(contentFormat: string, redo: Redo): MadeStep[] {
  const { media } = formatOf(contentFormat);
  switch (redo) {
    case 'text':
      return ['draft'];
    case 'image':
      return [...media];
    case 'video':
      return media.filter((step) => step === 'video');
    case 'all':
      return ['draft', ...media];
  }
}
