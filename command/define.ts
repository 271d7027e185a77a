import { Argument, Option, type Command } from 'commander';
import { UsageError } from '../contract/errors.js';
import { runCommand, type CommandEnd, type CommandRun, type Context } from './context.js';
import type { DocumentedCommand, Manual } from './manual.js';
import { byValue, idValue, idValues, readOneOf, textValue } from './options/values.js';

/** An argument or an option: how the help shows it, and how what was typed becomes a value. */
export interface Taken<T> {
  /** `<id>`, `[ids...]`, `--note <text>`, `--wait`. */
  readonly flags: string;
  readonly about: string;
  readonly choices?: readonly string[];
  /** An option that can't be left out. */
  readonly isNeeded?: boolean;
  readonly preset?: string;
  /** @throws UsageError that names the field */
  read(field: string, typed: unknown): T;
}

type Read<T> = (field: string, text: string) => T;
const asTyped: Read<string> = (_, text) => text;

export function argument(flags: string, about: string): Taken<string>;
export function argument<T>(flags: string, about: string, read: Read<T>): Taken<T>;
export function argument(flags: string, about: string, read: Read<unknown> = asTyped): Taken<unknown> {
  return { flags, about, read: (field, typed) => read(field, typed as string) };
}

export function option(flags: string, about: string): Taken<string | undefined>;
export function option<T>(flags: string, about: string, read: Read<T>): Taken<T | undefined>;
export function option(flags: string, about: string, read: Read<unknown> = asTyped): Taken<unknown> {
  const readGiven = (field: string, typed: unknown) =>
    typed === undefined ? undefined : read(field, typed as string);
  return { flags, about, read: readGiven };
}

export function neededOption(flags: string, about: string): Taken<string>;
export function neededOption<T>(flags: string, about: string, read: Read<T>): Taken<T>;
export function neededOption(flags: string, about: string, read: Read<unknown> = asTyped): Taken<unknown> {
  return { ...argument(flags, about, read), isNeeded: true };
}

export const presetOption = <T>(flags: string, about: string, preset: string, read: Read<T>): Taken<T> => ({
  ...argument(flags, about, read),
  preset,
});

/** An option without a value. */
export const flag = (flags: string, about: string): Taken<boolean> => ({
  flags,
  about,
  read: (_, typed) => Boolean(typed),
});

/** An option of few values. They are checked with all other values, and named in help and completion. */
export const choice = <T extends string>(
  flags: string,
  about: string,
  choices: readonly T[],
): Taken<T | undefined> => ({
  ...option(flags, about, (field, text) => readOneOf(field, text, choices)),
  choices,
});

export const text =
  (most: number): Read<string> =>
  (field, typed) =>
    textValue(field, typed, most);

export const BY: Taken<string> = {
  flags: '--by <who>',
  about: 'who decides (default: the user of this computer)',
  read: (_, typed) => byValue(typed as string | undefined),
};
export const POST_ID = argument('<id>', "the post's id", idValue);
/** @param flags `<id...>`, or `[ids...]` where there may be none */
export const postIds = (flags: string): Taken<string[]> => ({
  flags,
  about: "the posts' ids",
  read: (_, typed) => idValues(typed as string[]),
});

type Takes = Readonly<Record<string, Taken<unknown>>>;
type Given<T extends Takes> = { readonly [K in keyof T]: T[K] extends Taken<infer V> ? V : never };

/** One command of the tree. */
export interface Definition extends Manual {
  readonly name: string;
  readonly about: string;
  /** Arguments in their order, then options in the help's order. */
  readonly takes?: Takes;
  /** The commands under it. */
  readonly under?: readonly Definition[];
  /** Left out where only the commands under it can be run. */
  run?(run: CommandRun, given: never): CommandEnd;
}

/** A command that can be run. What it takes is read before it runs, in the order in which it stands there. */
export const defineCommand = <T extends Takes = Record<never, never>>(
  definition: Omit<Definition, 'takes' | 'run'> & {
    readonly takes?: T;
    run(run: CommandRun, given: Given<T>): CommandEnd;
  },
): Definition => definition;

/** Adds a command and all under it to the parser. */
export function addCommand(parent: DocumentedCommand, context: Context, definition: Definition): void {
  const { name, about, takes = {}, under = [], run, ...page } = definition;
  const command = parent.command(name).description(about).manual(page);
  for (const taken of Object.values(takes)) addTaken(command, taken);
  if (run) {
    command.action((...typed: unknown[]) => {
      const { json, ...options } = command.optsWithGlobals();
      // The parser takes the options of a command above here too, and hands that one those of the same name.
      const odd = Object.keys(options).find((option) => !(option in takes));
      if (odd !== undefined)
        throw new UsageError(odd, `--${odd} is not an option of ${parent.name()} ${name}`);
      return runCommand(context, Boolean(json), (each) =>
        run(each, readTaken(takes, typed, options) as never),
      );
    });
  }
  for (const child of under) addCommand(command, context, child);
}

const isOption = ({ flags }: Taken<unknown>): boolean => flags.startsWith('-');

function addTaken(command: Command, taken: Taken<unknown>): void {
  const { flags, about, choices, isNeeded = false, preset } = taken;
  const part = isOption(taken) ? new Option(flags, about) : new Argument(flags, about);
  if (choices) part.argChoices = [...choices];
  if (part instanceof Argument) command.addArgument(part);
  else command.addOption(part.default(preset).makeOptionMandatory(isNeeded));
}

function readTaken(takes: Takes, typed: readonly unknown[], options: Record<string, unknown>): object {
  let at = 0;
  const entries = Object.entries(takes).map(([field, taken]) => [
    field,
    taken.read(field, isOption(taken) ? options[field] : typed[at++]),
  ]);
  return Object.fromEntries(entries);
}
