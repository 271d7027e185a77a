import { userInfo } from 'node:os';
import { QUEUE_NAMES, parseQueues, type QueueName } from '../../contract/task-queues.js';
import { UsageError } from '../../contract/errors.js';
import { HANDLE_PATTERN } from '../../contract/ids.js';
import { isHashtag } from '../../contract/draft.js';
import { ID_PATTERN } from '../../contract/ids.js';
import { parseMix, type Mix } from '../../contract/mix.js';
import { parseUsd, type Nano } from '../../contract/money/nano.js';
import { MOST_HASHTAGS } from '../../contract/limits.js';
import { parseTimeOfDay, parseWeekday } from '../../contract/cron-words.js';
import { WEEKDAYS, type Weekday } from '../../contract/slot-moments.js';
import { SINCE_FORM, parseIsoTime, parseSince } from '../../contract/time.js';
import { shortened } from '../../config/setting-values.js';
import { TARGET_NAME_PATTERN } from '../../contract/targets/target.js';

/** Who decides: `--by`, or else the user of the operating system. @throws UsageError */
export function byValue(given: string | undefined): string {
  return given === undefined ? osUser() : textValue('by', given, 100);
}

function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that no user has.
    return process.env.USER || `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

/** The queues of a worker: all of them when none are named. @throws UsageError */
export function queuesValue(list: string | undefined): readonly QueueName[] {
  if (list === undefined) return QUEUE_NAMES;
  const parsed = parseQueues(list);
  if ('queues' in parsed) return parsed.queues;
  throw new UsageError(
    'queues',
    `queues='${parsed.unknown}' is not a queue; give some of ${QUEUE_NAMES.join(', ')}, with commas between`,
  );
}

/** What people type, checked: each function answers the value or throws one line naming field, value and what is allowed. */

/** @throws UsageError */
export function idValue(field: string, text: string): string {
  return ID_PATTERN.test(text) ? text : wrong(field, text, 'an id: 12 characters of A-Z, a-z and 0-9');
}

/** Several ids, each once. @throws UsageError */
export const idValues = (texts: readonly string[]): string[] => [
  ...new Set(texts.map((text) => idValue('id', text))),
];

/** An account may still have posts when its file is gone, so only the form is checked: the desk knows the rest. @throws UsageError */
export function handleValue(field: string, text: string): string {
  return HANDLE_PATTERN.test(text)
    ? text
    : wrong(field, text, 'a handle: 1 to 30 characters of a-z, 0-9 and _');
}

/** @throws UsageError */
export function mixValue(text: string): Mix {
  const result = parseMix(text);
  if ('mix' in result) return result.mix;
  throw new UsageError('mix', `mix='${repeated(text)}': ${result.problem}`);
}

/** US dollars in nano-USD. @throws UsageError */
export function usdValue(field: string, text: string): Nano {
  return parseUsd(text) ?? wrong(field, text, 'an amount in US dollars from 0 to 1000000, such as 5 or 2.50');
}

/** @throws UsageError */
export function countValue(field: string, text: string): number {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : wrong(field, text, 'a whole number of 1 or more');
}

/** `tue,fri` or `Tuesdays,Fridays`, in any order. @throws UsageError */
export function daysValue(field: string, text: string): Weekday[] {
  return text.split(',').map((name) => {
    const day = parseWeekday(name.trim());
    return day ?? wrong(field, text, `a list of ${WEEKDAYS.join(', ')}, such as tue,fri`);
  });
}

/** A time of day as `07:30`. @throws UsageError */
export const timeOfDayValue = (field: string, text: string): string =>
  parseTimeOfDay(text.trim()) ?? wrong(field, text, 'a time of 24 hours, such as 07:30');

/** @throws UsageError */
export const revisionValue = (text: string): number => countValue('revision', text);

/** How far to look. @throws UsageError */
export function weeksValue(field: string, text: string): number {
  const weeks = /^[1-9]\d?$/.test(text) ? Number(text) : 0;
  return weeks >= 1 && weeks <= 53 ? weeks : wrong(field, text, 'a whole number from 1 to 53');
}

/** One of few words. @throws UsageError */
export function readOneOf<T extends string>(field: string, text: string, allowed: readonly T[]): T {
  const last = allowed.at(-1);
  return (
    allowed.find((word) => word === text) ??
    wrong(field, text, `${allowed.slice(0, -1).join(', ')} or ${last}`)
  );
}

/** `ai,#data` as single words without `#`, each once. @throws UsageError */
export function hashtagsValue(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim().replace(/^#/, ''));
  const odd = tags.find((tag) => !isHashtag(tag));
  if (odd !== undefined) {
    const allowed = 'a list of words of letters, digits and _, such as ai,data';
    wrong('hashtags', text, odd === '' ? allowed : `${allowed} ('${repeated(odd)}')`);
  }
  if (tags.length > MOST_HASHTAGS) {
    throw new UsageError(
      'hashtags',
      `hashtags has ${tags.length} words; at most ${MOST_HASHTAGS} are allowed`,
    );
  }
  return [...new Set(tags)];
}

/** A time to come as ISO 8601 in UTC. `now` in ms since 1970. @throws UsageError */
export function timeValue(field: string, text: string, now: number): string {
  const time =
    parseIsoTime(text) ??
    wrong(field, text, 'an ISO 8601 time with its zone, such as 2027-01-31T09:00:00+01:00');
  if (time <= now) wrong(field, text, `in the future (it is ${new Date(now).toISOString()})`);
  return new Date(time).toISOString();
}

/** When to publish: a time to come, `next` or `now`. @throws UsageError */
export const publishAtValue = (field: string, text: string, now: number): string =>
  text === 'now' || text === 'next' ? text : timeValue(field, text, now);

/** A date in UTC or a time, past or to come, as ISO 8601 in UTC. @throws UsageError */
export const sinceValue = (field: string, text: string): string =>
  parseSince(text) ?? wrong(field, text, SINCE_FORM);

/** Text of 1 to `most` characters, trimmed. @throws UsageError */
export function textValue(field: string, text: string, most: number): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new UsageError(field, `${field} is empty; give 1 to ${most} characters`);
  if (trimmed.length > most) {
    throw new UsageError(
      field,
      `${field}='${repeated(trimmed)}' has ${trimmed.length} characters; at most ${most} are allowed`,
    );
  }
  return trimmed;
}

/** Text of 1 to `most` characters without a line break. @throws UsageError */
export function lineValue(field: string, text: string, most: number): string {
  const line = textValue(field, text, most);
  return /[\p{Cc}\u2028\u2029]/u.test(line) ? wrong(field, line, 'one line') : line;
}

/** What an account file calls a target. @throws UsageError */
export function targetValue(field: string, text: string): string {
  const name = text.trim();
  return TARGET_NAME_PATTERN.test(name)
    ? name
    : wrong(field, name, 'the name of a target: 1 to 40 characters of a-z, 0-9, _ and -');
}

/** An option that may be left out: null stays null. */
export const optional = <T>(text: string | undefined, read: (text: string) => T): T | undefined =>
  text === undefined ? undefined : read(text);

function wrong(field: string, text: string, allowed: string): never {
  throw new UsageError(field, `${field}='${repeated(text)}' is not ${allowed}`);
}

/** What was typed may hold controls, which no message repeats. */
const repeated = (text: string): string => shortened(text.replace(/\p{Cc}+/gu, ' '));

/** Of UTF-8. */
const MOST_BYTES_A_CHARACTER = 4;

/**
 * The text that is piped into the command.
 *
 * @param most characters; reading stops where more can't fit
 * @throws UsageError for too much, and for what is not UTF-8
 */
export async function readText(field: string, stdin: NodeJS.ReadableStream, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > most * MOST_BYTES_A_CHARACTER) {
      throw new UsageError(field, `${field} on standard input is longer than the ${most} characters allowed`);
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError(field, `${field} on standard input is not UTF-8 text`);
  }
}
