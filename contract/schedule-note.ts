import { ID_PATTERN } from './ids.js';
import type { ScheduleProblem } from './schedule.js';

/**
 * What came of a schedule so far, as its note in Temporal keeps it: the Temporal UI shows it, and it outlives the runs, which
 * Temporal forgets.
 */
export interface ScheduleNote {
  /** What a person noted, such as why it is paused; null for nothing. */
  readonly words: string | null;
  /** The batch that it started last. */
  readonly lastBatchId: string | null;
  /** The last run, where it started nothing. */
  readonly problem: ScheduleProblem | null;
}

const LONGEST_WORDS = 300;
const LONGEST_MESSAGE = 1_000;

const LAST_BATCH = /^Last batch: (\S+)\.$/;
const PROBLEM = /^The run of (\S+) started no batch: (.*)$/;

/** The note as a text: a line for each thing that there is to say. */
export function noteText({ words, lastBatchId, problem }: ScheduleNote): string {
  return [
    ...(words === null ? [] : [oneLine(words, LONGEST_WORDS)]),
    ...(lastBatchId === null ? [] : [`Last batch: ${lastBatchId}.`]),
    ...(problem === null
      ? []
      : [`The run of ${problem.at} started no batch: ${oneLine(problem.message, LONGEST_MESSAGE)}`]),
  ].join('\n');
}

/** Reads a note of ours, or one that somebody wrote in the Temporal UI: what is none of our lines is their words. */
export function readNote(text: string): ScheduleNote {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const batch = firstMatch(lines, LAST_BATCH);
  const problem = firstMatch(lines, PROBLEM);
  const words = lines.filter((line) => !LAST_BATCH.test(line) && !PROBLEM.test(line)).join(' ');
  return {
    words: words === '' ? null : words,
    lastBatchId: batch?.[1] !== undefined && ID_PATTERN.test(batch[1]) ? batch[1] : null,
    problem: problem ? { at: problem[1] ?? '', message: problem[2] ?? '' } : null,
  };
}

const firstMatch = (lines: readonly string[], pattern: RegExp): RegExpExecArray | null =>
  lines.map((line) => pattern.exec(line)).find((match) => match !== null) ?? null;

const oneLine = (text: string, most: number): string => text.replace(/\s+/g, ' ').trim().slice(0, most);
