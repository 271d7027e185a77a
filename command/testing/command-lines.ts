import type { DocumentedCommand } from '../manual.js';
import { createProgram } from '../program.js';

export const ID = 'UpkTZ26nc9Eb';
export const GOOD =
  'batch start --account ashtalksai --planner data_and_retrieval --mix hero_text=4,video=1'.split(' ');

const { stdin, stdout, stderr } = process;
/** The program, for what its definitions say. */
export const program = createProgram({ env: {}, stdin: () => stdin, stdout, stderr, exitCode: 0 });

/** Every command that can be run by itself, with the words that lead to it. */
export const commands = runnable(program, []);

function runnable(parent: DocumentedCommand, words: readonly string[]): [string[], DocumentedCommand][] {
  return (parent.commands as DocumentedCommand[]).flatMap((command) => {
    const own = [...words, command.name()];
    return [
      ...(command.runs ? [[own, command] as [string[], DocumentedCommand]] : []),
      ...runnable(command, own),
    ];
  });
}

/** What an argument or an option takes, by its name. */
const GOOD_VALUES: Readonly<Record<string, string>> = {
  id: ID,
  ids: ID,
  account: 'ashtalksai',
  planner: 'data_and_retrieval',
  mix: 'hero_text=4',
  at: '2999-01-31T09:00:00Z',
  usd: '7.50',
  shell: 'bash',
  name: 'maria',
};
/** Commands that do nothing unless one of some options is given. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  edit: ['--title', 'some'],
  'schedule add': ['--cron', '0 6 * * 1'],
  'schedule change': ['--overlap', 'queue'],
};
const goodValue = (name: string): string => GOOD_VALUES[name] ?? 'some';

/** A command line that is right, of what a command needs alone. */
export function goodLine(words: readonly string[], command: DocumentedCommand): string[] {
  const needed = command.options.filter(({ mandatory }) => mandatory);
  return [
    ...words,
    ...command.registeredArguments.map((argument) => goodValue(argument.name())),
    ...needed.flatMap((option) => [option.long!, goodValue(option.attributeName())]),
    ...(CHANGES[words.join(' ')] ?? []),
  ];
}
