import { argumentWords, optionsOf, subcommandsOf } from './definitions.js';
import type { DocumentedCommand } from './manual.js';

/** Every command on one page of Markdown, made from the definitions that the command itself runs on. */
export function commandReference(program: DocumentedCommand): string {
  return [
    `# The command \`${program.name()}\``,
    '<!-- Written by `npm run docs` from the definitions in command/. -->',
    program.description(),
    ...table(
      'Command',
      runnable(program).map((command) => [linkTo(command), command.description()]),
    ),
    ...synopsis(program),
    ...about(program, program),
    ...subcommands(program, program),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

function subcommands(parent: DocumentedCommand, program: DocumentedCommand): string[] {
  return (subcommandsOf(parent) as readonly DocumentedCommand[]).flatMap((command) => [
    `## ${nameOf(command)}`,
    sentence(command.description()),
    ...(command.runs ? [...synopsis(command), ...about(command, program)] : []),
    ...subcommands(command, program),
  ]);
}

/** Every command that can be run by itself, in the order of the page. */
const runnable = (parent: DocumentedCommand): DocumentedCommand[] =>
  (subcommandsOf(parent) as readonly DocumentedCommand[]).flatMap((command) => [
    ...(command.runs ? [command] : []),
    ...runnable(command),
  ]);

/** To the command's section, by the anchor that Markdown makes of its heading. */
const linkTo = (command: DocumentedCommand): string =>
  `[\`${nameOf(command)}\`](#${nameOf(command).replaceAll(' ', '-')})`;

/** `copydesk batch start`. */
function nameOf(command: DocumentedCommand): string {
  const parent = command.parent as DocumentedCommand | null;
  return parent ? `${nameOf(parent)} ${command.name()}` : command.name();
}

function synopsis(command: DocumentedCommand): string[] {
  const words = [
    `npx ${nameOf(command)}`,
    ...(command.commands.length > 0 && !command.runs ? ['<command>'] : []),
    ...command.registeredArguments.map(argumentWords),
    ...command.options.filter((option) => option.mandatory).map((option) => option.flags),
    '[options]',
  ];
  return [block('text', [words.join(' ')])];
}

function about(command: DocumentedCommand, program: DocumentedCommand): string[] {
  const { examples, prints, notes = [] } = command.page;
  return [
    ...notes,
    ...table(
      'Argument',
      command.registeredArguments.map((one) => [
        code(argumentWords(one)),
        meaning(one.description, one.argChoices),
      ]),
    ),
    ...table(
      'Option',
      optionsOf(command, program).map((one) => [
        code(one.flags),
        meaning(one.description, one.argChoices) + (one.mandatory ? ' (required)' : ''),
      ]),
    ),
    ...(prints ? [`With \`--json\`:`, block('text', [prints])] : []),
    block(
      'console',
      examples.map((line) => `$ ${line}`),
    ),
  ];
}

const meaning = (description: string, choices: readonly string[] | undefined): string =>
  choices ? `${description}: ${choices.map((choice) => `\`${choice}\``).join(', ')}` : description;

function table(head: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  const cells = rows.map(([name, text]) => `| ${name} | ${text.replaceAll('|', '\\|')} |`);
  return [[`| ${head} | Meaning |`, '| --- | --- |', ...cells].join('\n')];
}

const code = (text: string): string => `\`${text}\``;

const block = (language: string, lines: readonly string[]): string =>
  ['```' + language, ...lines, '```'].join('\n');

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
