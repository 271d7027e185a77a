/** As much of a shell as the documentation uses: words, quotes, pipes, redirections, process substitution. */

/** One command of a line. */
export interface ShellCommand {
  /** The variables that are set for it alone. */
  readonly env: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=([^]*)$/;
/** Plain characters and whole quotes. What is expanded in them is more than the documentation uses. */
const WORD = /(?!#)(?:[^\s"'`$\\|&;<>()]|"[^"`$\\]*"|'[^']*')+/.source;
/** A redirection with its file, what stands between two commands, or a word. */
const TOKEN = new RegExp(`(?:(?:>>|>|<)\\s*${WORD}|(&&|\\|\\||\\||;)|(${WORD}))(?=[\\s|&;<>]|$)|(#.*)`, 'y');

/** The commands of a line, and after them those within `<(…)`. @throws Error for what is no such line */
export function commandsOf(line: string): ShellCommand[] {
  const inner: string[] = [];
  // The outer command gets the name of a pipe.
  const outer = line.replaceAll(/(?<=\s)<\(([^()"']+)\)/g, (_all, command: string) => {
    inner.push(command);
    return '/dev/fd/63';
  });
  return [outer, ...inner].flatMap(split).map(commandOf);
}

function split(line: string): string[][] {
  const commands: string[][] = [[]];
  const text = line.trim();
  for (let at = 0; at < text.length;) {
    TOKEN.lastIndex = at;
    const [token, between, word] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new Error(`no word: ${text.slice(at)}`);
    if (word !== undefined) commands.at(-1)!.push(unquoted(word));
    if (between !== undefined) commands.push([]);
    at += token.length;
    at += /^\s*/.exec(text.slice(at))![0].length;
  }
  return commands;
}

function commandOf(words: readonly string[]): ShellCommand {
  const first = words.findIndex((word) => !ASSIGNMENT.test(word));
  if (first < 0) throw new Error('there is no command');
  const env = words.slice(0, first).map((word) => ASSIGNMENT.exec(word)!.slice(1, 3) as [string, string]);
  return { env: Object.fromEntries(env), words: words.slice(first) };
}

const unquoted = (word: string): string =>
  word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_all, double?: string, single?: string) => double ?? single ?? '');
