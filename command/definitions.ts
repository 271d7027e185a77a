import type { Argument, Command, Option } from 'commander';

/** A command of the tree, as the completion scripts need it. */
export interface Definition {
  /** The words that lead to it, without the program's own: `batch start`; empty for the program. */
  readonly words: string;
  /** The command that it stands under, a space, and its own name: `batch start`, and ` batch` at the first level. */
  readonly step: string;
  readonly commands: readonly Named[];
  readonly options: readonly OptionDefinition[];
  /** What its arguments may be, where that is a choice of few. */
  readonly values: readonly string[];
  /** What the account files know of its arguments. */
  readonly names: Names | null;
}

/** What an account file names: `copydesk completion accounts` prints such names. */
export const NAMES = ['accounts', 'planners'] as const;
export type Names = (typeof NAMES)[number];

export interface Named {
  readonly name: string;
  readonly description: string;
}

export interface OptionDefinition {
  /** `--gate`, and `-h` where there is a short form. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  /** Empty for free text. */
  readonly choices: readonly string[];
  /** Where the account files know what it may be. */
  readonly names: Names | null;
}

/** The program and every command of it, each before those under it. */
export function definitionsOf(program: Command): Definition[] {
  const visit = (command: Command, words: string): Definition[] => [
    {
      words,
      step: words.includes(' ') ? words : ` ${words}`,
      commands: subcommandsOf(command).map((child) => ({
        name: child.name(),
        description: child.description(),
      })),
      options: optionsOf(command, program).map(optionDefinition),
      values: command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
      names: namesFor(command.registeredArguments[0]?.name()),
    },
    ...subcommandsOf(command).flatMap((child) => visit(child, `${words} ${child.name()}`.trim())),
  ];
  return visit(program, '');
}

/** Without the implied `help`, which `--help` answers for. */
export const subcommandsOf = (command: Command): readonly Command[] => command.commands;

/** A command's own options, `--json` which each one takes, and `--help`. */
export function optionsOf(command: Command, program: Command): Option[] {
  const own = command.createHelp().visibleOptions(command);
  const everywhere = program.options.filter((option) => option.attributeName() === 'json');
  return command === program ? own : [...own.slice(0, -1), ...everywhere, ...own.slice(-1)];
}

/** `<id>`, `[ids...]`. */
export function argumentWords(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function optionDefinition(option: Option): OptionDefinition {
  return {
    flags: [option.long, option.short].filter((flag): flag is string => Boolean(flag)),
    description: option.description,
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
    names: namesFor(option.attributeName()),
  };
}

/** An argument or option called `account` takes one of the accounts. */
const namesFor = (called = ''): Names | null => NAMES.find((names) => names === `${called}s`) ?? null;
