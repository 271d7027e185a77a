import { join } from 'node:path';
import type { Command } from 'commander';
import ts from 'typescript';
import type { DocumentedCommand } from '../../command/manual.js';
import { createProgram } from '../../command/program.js';
import { VARIABLES } from '../../config/settings.js';
import { read, commandsOf, type ShellCommand, fences, root } from './pages.js';

/** Programs that are not ours, by how the documentation calls them. */
const OTHERS = [
  /^temporal workflow signal --workflow-id post\/\w{12} --name approve --input \{.*\}$/,
  /^(?:gzip|gunzip --stdout \S+\.gz|source(?: \/dev\/fd\/63)?)$/,
];

const OTHER_VARIABLES = ['FUZZ_SECONDS', 'KILLS', 'KILL_SEED'];

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Why a line of a console block can't be typed as it stands; null when it can. */
export async function refusalOf(line: string): Promise<string | null> {
  try {
    for (const command of commandsOf(line)) await check(command);
    return null;
  } catch (error) {
    return `${line}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export const callsIn = (line: string): (readonly string[])[] =>
  commandsOf(line).flatMap(({ words }) => argumentsOf(words) ?? []);

async function check({ env, words }: ShellCommand): Promise<void> {
  const known = [...VARIABLES.map(({ name }) => name), ...OTHER_VARIABLES];
  const unknown = Object.keys(env).find((name) => !known.includes(name));
  if (unknown) throw new Error(`there is no variable ${unknown}`);
  const args = argumentsOf(words);
  if (args) return parse(args[0]!);
  if (words[0] === 'npm') return checkScript(words);
  if (!OTHERS.some((other) => other.test(words.join(' '))))
    throw new Error(`${words[0]} is not a program of ours`);
}

/** In a list, so that a call without arguments is one too. */
function argumentsOf(words: readonly string[]): [readonly string[]] | null {
  if (words[0] === 'copydesk') return [words.slice(1)];
  return words[0] === 'npx' && words[1] === 'copydesk' ? [words.slice(2)] : null;
}

function checkScript([, ...words]: readonly string[]): void {
  const [name = '', ...rest] = words[0] === 'run' ? words.slice(1) : words;
  if (words[0] !== 'run' && !['start', 'test'].includes(name)) throw new Error(`npm ${name} is no script`);
  if (!Object.hasOwn(scripts, name)) throw new Error(`package.json has no script ${name}`);
  if (rest.length > 0 && rest[0] !== '--')
    throw new Error(`npm keeps ${rest[0]} to itself; put -- before it`);
}

/** Parses a call with the command's own definitions, and does nothing. @throws Error as the parser, or for a value off a choice */
async function parse(args: readonly string[]): Promise<void> {
  const { stdout, stderr } = process;
  const program = createProgram({ env: {}, stdin: () => process.stdin, stdout, stderr, exitCode: 0 });
  disarm(program);
  await program.parseAsync([...args], { from: 'user' });
}

function disarm(command: DocumentedCommand): void {
  if (command.runs) command.action((...given: unknown[]) => checkChoices(given.at(-1) as Command));
  for (const child of command.commands) disarm(child as DocumentedCommand);
}

function checkChoices(command: Command): void {
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    if (value !== undefined && option.argChoices && !option.argChoices.includes(String(value)))
      throw new Error(`${option.long} is not one of ${option.argChoices.join(', ')}`);
  }
}

const ENTRANCES = ['client', 'config', 'contract'];

/** What the compiler says against the TypeScript of these pages, as a program within this package has it. */
export function typeErrors(pages: readonly string[]): string[] {
  const examples = new Map(
    pages.flatMap((page) =>
      fences(read(page))
        .filter(({ language }) => language === 'ts')
        .map(
          ({ text }, index) => [join(root, `${page.replaceAll('/', '-')}-${index + 1}.ts`), text] as const,
        ),
    ),
  );
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(
    { ...config.config, include: [], files: [] },
    ts.sys,
    root,
  );
  // The sources, so that no build is needed.
  const paths = Object.fromEntries(
    ENTRANCES.map((name) => [`copydesk/${name}`, [join(root, name, 'index.ts')]]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => examples.has(file) || fileExists(file);
  host.readFile = (file) => examples.get(file) ?? readFile(file);
  const program = ts.createProgram([...examples.keys()], { ...options, paths, noUnusedLocals: true }, host);
  return [...examples.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(
      ({ messageText }) => `${file.slice(root.length)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}
