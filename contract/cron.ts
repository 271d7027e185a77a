import { UsageError } from './errors.js';
import { ID_PATTERN } from './ids.js';
import { runWords, type ScheduleProblem } from './schedule.js';

/**
 * Times of day as cron writes them: `minute hour day-of-month month day-of-week`. The Temporal server is what reads them in the
 * end (https://docs.temporal.io/spec-and-format#cron-schedules); this says in plain words what it would refuse, and refuses what
 * it takes and nobody means: other zones, seconds, years, and days that never come.
 */

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** `from` by its name, and those after it; at least three letters of a name are enough. */
  readonly names?: readonly string[];
}

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const SHORTEST_NAME = 3;

const MINUTE: Field = { name: 'minute', from: 0, to: 59 };
const HOUR: Field = { name: 'hour', from: 0, to: 23 };
const DAY: Field = { name: 'day of the month', from: 1, to: 31 };
const MONTH: Field = { name: 'month', from: 1, to: 12, names: MONTHS };
const WEEKDAY: Field = { name: 'day of the week', from: 0, to: 7, names: DAYS };
const FIELDS = [MINUTE, HOUR, DAY, MONTH, WEEKDAY] as const;

/** By month, in the longest year. */
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** @returns the five fields with single spaces, or what is wrong with them in one clause */
export function checkCron(text: string): { cron: string } | { problem: string } {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== FIELDS.length)
    return {
      problem: "it needs five fields, minute hour day-of-month month day-of-week, such as '0 6 * * 1'",
    };
  const values: (readonly number[])[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const read = valuesOf(fields[index] ?? '', field);
    if (typeof read === 'string') return { problem: read };
    values.push(read);
  }
  const [, , days = [], months = []] = values;
  const comes = months.some((month) => days.some((day) => day <= (LONGEST_MONTHS[month - 1] ?? 0)));
  return comes ? { cron: fields.join(' ') } : { problem: 'it names a day that no month of it has' };
}

/**
 * The values that each field of a cron line takes, sorted: minute, hour, day of the month, month, and day of the week from 0 for
 * Sunday to 6. Null for one that is none.
 */
export function cronValues(text: string): readonly (readonly number[])[] | null {
  if ('problem' in checkCron(text)) return null;
  return text
    .trim()
    .split(/\s+/)
    .map((part, index) => {
      const field = FIELDS[index] ?? WEEKDAY;
      const values = valuesOf(part, field);
      // Both 0 and 7 are Sunday.
      const known = Array.isArray(values)
        ? values.map((value) => (field === WEEKDAY ? value % 7 : value))
        : [];
      return [...new Set<number>(known)].toSorted((one, other) => one - other);
    });
}

/** The five fields with single spaces. @throws UsageError */
export function readCron(text: string): string {
  const read = checkCron(text);
  if ('problem' in read) throw new UsageError('cron', `cron='${text.slice(0, 60)}': ${read.problem}`);
  return read.cron;
}

/** The values of a field such as `1-5`, `*\/15` or `MON,FRI`, or what is wrong with it. */
function valuesOf(text: string, field: Field): readonly number[] | string {
  const values: number[] = [];
  for (const part of text.split(',')) {
    const [range = '', step = '1', ...more] = part.split('/');
    const ends = range === '*' ? [field.from, field.to] : range.split('-').map((end) => valueOf(end, field));
    const [first, last = step === '1' && !part.includes('/') ? first : field.to] = ends;
    const isWrong =
      more.length > 0 ||
      ends.length > 2 ||
      first === undefined ||
      last === undefined ||
      Number.isNaN(first) ||
      Number.isNaN(last) ||
      last < first ||
      !/^[1-9]\d{0,2}$/.test(step);
    if (isWrong) return wrong(part, field);
    for (let value = first; value <= last; value += Number(step)) values.push(value);
  }
  return values;
}

/** NaN for what is no value of the field. */
function valueOf(text: string, { from, to, names }: Field): number {
  const name = text.toLowerCase();
  const named = name.length < SHORTEST_NAME ? -1 : (names ?? []).findIndex((each) => each.startsWith(name));
  const value = named >= 0 ? named + from : /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return value >= from && value <= to ? value : NaN;
}

function wrong(part: string, { name, from, to, names }: Field): string {
  const example = names?.[1]?.slice(0, SHORTEST_NAME).toUpperCase();
  const orName = example === undefined ? '' : `, or a name such as ${example}`;
  return `'${part.slice(0, 40)}' for the ${name} is not ${from} to ${to}${orName}, a list (1,3), a range (1-5) or steps (*/2)`;
}

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
  /** How many runs found the batch before at work, and started none. */
  readonly skips: number;
}

const LONGEST_WORDS = 300;
const LONGEST_MESSAGE = 1_000;

const LAST_BATCH = /^Last batch: (\S+)\.$/;
const PROBLEM = /^The run of (\S+) (started no batch|was skipped): (.*)$/;
const SKIPS = /^Skipped so far: (\d{1,9})\.$/;
const OURS = [LAST_BATCH, PROBLEM, SKIPS];

/** The note as a text: a line for each thing that there is to say. */
export function noteText({ words, lastBatchId, problem, skips }: ScheduleNote): string {
  return [
    ...(words === null ? [] : [oneLine(words, LONGEST_WORDS)]),
    ...(lastBatchId === null ? [] : [`Last batch: ${lastBatchId}.`]),
    ...(problem === null
      ? []
      : [`The run of ${problem.at} ${runWords(problem)}: ${oneLine(problem.message, LONGEST_MESSAGE)}`]),
    ...(skips === 0 ? [] : [`Skipped so far: ${skips}.`]),
  ].join('\n');
}

/** Reads a note of ours, or one that somebody wrote in the Temporal UI: what is none of our lines is their words. */
export function readNote(text: string): ScheduleNote {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const batch = firstMatch(lines, LAST_BATCH);
  const problem = firstMatch(lines, PROBLEM);
  const words = lines.filter((line) => !OURS.some((pattern) => pattern.test(line))).join(' ');
  return {
    words: words === '' ? null : words,
    lastBatchId: batch?.[1] !== undefined && ID_PATTERN.test(batch[1]) ? batch[1] : null,
    problem: problem
      ? {
          at: problem[1] ?? '',
          message: problem[3] ?? '',
          skipped: problem[2] === runWords({ skipped: true }),
        }
      : null,
    skips: Number(firstMatch(lines, SKIPS)?.[1] ?? 0),
  };
}

const firstMatch = (lines: readonly string[], pattern: RegExp): RegExpExecArray | null =>
  lines.map((line) => pattern.exec(line)).find((match) => match !== null) ?? null;

const oneLine = (text: string, most: number): string => text.replace(/\s+/g, ' ').trim().slice(0, most);
