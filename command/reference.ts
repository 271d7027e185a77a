import { argumentWords, subcommandsOf } from './definitions.js';
import type { DocumentedCommand } from './manual.js';

/** What many commands take: explained once, at the top. */
const SHARED = ['--json', '-h, --help', '--by <who>'];

/** Every command on one page of Markdown, made from the definitions that the command itself runs on. */
export function commandReference(program: DocumentedCommand): string {
  return [
    `# The command \`${program.name()}\``,
    '<!-- Written by `npm run docs` from the definitions in command/. -->',
    program.description(),
    contents(program),
    ...about(program),
    list([
      ...program.options.map((option) => [option.flags, option.description] as const),
      ['<id>', 'the id of a post, batch or schedule'],
      ['--by <who>', 'who decides (default: the user of this computer)'],
    ]),
    ...subcommands(program),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

function subcommands(parent: DocumentedCommand): string[] {
  return (subcommandsOf(parent) as readonly DocumentedCommand[]).flatMap((command) => [
    ...(command.runs ? [`## ${nameOf(command)}`, ...synopsis(command), ...about(command)] : []),
    ...subcommands(command),
  ]);
}

/** Each command as a link to its section, in a line for each of the program's own. */
const contents = (program: DocumentedCommand): string =>
  (subcommandsOf(program) as readonly DocumentedCommand[])
    .map((command) => `- ${runnable(command).map(linkTo).join(', ')}`)
    .join('\n');

/** A command and those under it that can be run by themselves, in the order of the page. */
const runnable = (command: DocumentedCommand): DocumentedCommand[] => [
  ...(command.runs ? [command] : []),
  ...(subcommandsOf(command) as readonly DocumentedCommand[]).flatMap(runnable),
];

/** To the command's section, by the anchor that Markdown makes of its heading. */
const linkTo = (command: DocumentedCommand): string =>
  `[${nameOf(command).replace(/^\S+ /, '')}](#${nameOf(command).replaceAll(' ', '-')})`;

/** `copydesk batch start`. */
function nameOf(command: DocumentedCommand): string {
  const parent = command.parent as DocumentedCommand | null;
  return parent ? `${nameOf(parent)} ${command.name()}` : command.name();
}

function synopsis(command: DocumentedCommand): string[] {
  const needed = [
    ...command.registeredArguments.map(argumentWords),
    ...command.options.filter((option) => option.mandatory).map((option) => option.flags),
  ];
  return [
    sentence(command.description()),
    ...(needed.length > 0 ? [code([nameOf(command), ...needed].join(' '))] : []),
  ];
}

/** `--help` shows the other examples. */
function about(command: DocumentedCommand): string[] {
  const { examples, prints, notes = [] } = command.page;
  const own = command.parent ? command.options.filter(({ flags }) => !SHARED.includes(flags)) : [];
  const takes = [
    // `<id>` is explained at the top.
    ...command.registeredArguments
      .filter((one) => !/^ids?$/.test(one.name()))
      .map((one) => [argumentWords(one), meaning(one.description, one.argChoices)] as const),
    ...own.map((one) => [one.flags, meaning(one.description, one.argChoices)] as const),
  ];
  return [
    ...notes,
    ...(takes.length > 0 ? [list(takes)] : []),
    ...(prints ? [`\`--json\`: ${code(prints)}`] : []),
    ['```console', ...examples.slice(0, 1).map((line) => `$ ${line}`), '```'].join('\n'),
  ];
}

const meaning = (description: string, choices: readonly string[] | undefined): string =>
  choices ? `${description}: ${choices.map(code).join(', ')}` : description;

const list = (rows: readonly (readonly [string, string])[]): string =>
  rows.map(([name, text]) => `- ${code(name)}: ${text}`).join('\n');

const code = (text: string): string => `\`${text}\``;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
