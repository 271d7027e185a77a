import { z } from 'zod';
import { readable } from '../readable.js';
import { answersIn, jsonIn, LONGEST_TEXT } from './read-json.js';
import { asObject } from './usage.js';

export type Judgement<T> =
  { outcome: 'ok'; value: T } | { outcome: 'malformed'; /** One line, bounded. */ detail: string };

/** How many misses are told at once, so that a model can mend them all. */
const MOST_MISSES = 20;

/**
 * Holds a model's text against the schema it was asked to fill, JSON in a fence or in prose and in one wrapper too many
 * included. A misfit is an outcome with all of its reasons, not an error.
 */
export function judge<T>(schema: z.ZodType<T>, text: string): Judgement<T> {
  try {
    if (text.length > LONGEST_TEXT)
      return malformed(`too long: ${text.length} characters, where at most ${LONGEST_TEXT} are read`);
    const found = jsonIn(text);
    for (const value of found) {
      const fitting = shapesOf(schema, value).map((shape) => schema.safeParse(shape));
      const fit = fitting.find(({ success }) => success);
      if (fit?.success) return { outcome: 'ok', value: fit.data };
    }
    return malformed(found.length > 0 ? missesOf(schema, found) : noJson(text));
  } catch (error) {
    // Such as a document nested so deep that the stack does not hold it.
    return malformed(`could not be read: ${String(error)}`);
  }
}

const malformed = (detail: string): Judgement<never> => ({ outcome: 'malformed', detail: readable(detail) });

function noJson(text: string): string {
  const said = answersIn(text)[0];
  if (said !== undefined) return `not JSON: ${said.slice(0, 80)}`;
  return text.trim() === '' ? 'an empty answer' : 'only thoughts, and no answer after them';
}

/** The value as it is, out of a wrapper of one key or one item, and a bare list in the only list that the schema has. */
function shapesOf(schema: z.ZodType, value: unknown): unknown[] {
  const [only, ...others] = Object.values(value as object) as unknown[];
  const inner = others.length === 0 && typeof only === 'object' && only !== null ? [only] : [];
  const list = onlyList(schema);
  const lists = list === null ? [] : [value, ...inner].filter(Array.isArray);
  return [value, ...inner, ...lists.map((items: unknown) => ({ [list as string]: items }))];
}

/** The name of the only property of a schema, where that is a list. */
function onlyList(schema: z.ZodType): string | null {
  if (!(schema instanceof z.ZodObject)) return null;
  const [[name, property] = [], ...others] = Object.entries(schema.shape as Record<string, unknown>);
  return name !== undefined && others.length === 0 && property instanceof z.ZodArray ? name : null;
}

/** What keeps the likeliest of the values from fitting: `items[0].title: missing; items[1].button: …`. */
function missesOf(schema: z.ZodType, found: readonly unknown[]): string {
  const issues = found
    .flatMap((value) => shapesOf(schema, value))
    .filter((shape) => asObject(shape))
    .map((shape) => schema.safeParse(shape, { reportInput: true }).error?.issues ?? [])
    .reduce<readonly z.core.$ZodIssue[] | null>(
      (least, some) => (!least || depth(some) > depth(least) ? some : least),
      null,
    );
  if (!issues) return 'a list in place of an object';
  const told = issues.slice(0, MOST_MISSES).map(missWords);
  const more = issues.length - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** A value that goes wrong deep inside is nearer to what was asked for than one that lacks everything. */
const depth = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.min(...issues.map(({ path }) => path.length)) - issues.length / 1_000;

function missWords(issue: z.core.$ZodIssue): string {
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined;
  return `${pathWords(issue.path)}: ${isMissing ? 'missing' : issue.message.slice(0, 200)}`;
}

const pathWords = (path: readonly PropertyKey[]): string =>
  path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at > 0 ? '.' : ''}${String(part)}`))
    .join('') || 'the whole';
