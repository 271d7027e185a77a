/** As much of a shell as the documentation uses: words, quotes, pipes, redirections, process substitution. */

/** One command of a line. */
export interface ShellCommand {
  /** The variables that are set for it alone. */
  readonly env: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

type Token = { readonly word: string } | { readonly operator: string };

const OPERATORS = ['&&', '||', '>>', '<(', '|', ';', '>', '<', ')'];
const REDIRECTIONS = ['>', '>>', '<'];
const ASSIGNMENT = /^([A-Za-z_]\w*)=([^]*)$/;

/** The commands of a line, those within `<(…)` too, each after the one that it stands in. @throws Error for what is no such line */
export function commandsOf(line: string): ShellCommand[] {
  const commands: string[][] = [[]];
  const open: string[][] = [];
  let current = commands[0]!;
  const begin = (): void => void commands.push((current = []));
  const tokens = tokensOf(line);
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    if ('word' in token) current.push(token.word);
    else if (REDIRECTIONS.includes(token.operator)) {
      at += 1;
      if (!tokens[at] || !('word' in tokens[at]!)) throw new Error(`nothing follows ${token.operator}`);
    } else if (token.operator === '<(') {
      // The outer command gets the name of a pipe.
      current.push('/dev/fd/63');
      open.push(current);
      begin();
    } else if (token.operator === ')') {
      const outer = open.pop();
      if (!outer) throw new Error('a ) without its <(');
      current = outer;
    } else begin();
  }
  if (open.length > 0) throw new Error('a <( is not closed');
  return commands.map(commandOf);
}

function commandOf(words: readonly string[]): ShellCommand {
  const first = words.findIndex((word) => !ASSIGNMENT.test(word));
  if (first < 0) throw new Error('there is no command');
  const env = words.slice(0, first).map((word) => ASSIGNMENT.exec(word)!.slice(1, 3) as [string, string]);
  return { env: Object.fromEntries(env), words: words.slice(first) };
}

function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let rest = line;
  while ((rest = rest.trimStart()) !== '' && !rest.startsWith('#')) {
    const operator = OPERATORS.find((one) => rest.startsWith(one));
    const length = operator ? operator.length : wordLength(rest);
    tokens.push(operator ? { operator } : { word: unquoted(rest.slice(0, length)) });
    rest = rest.slice(length);
  }
  return tokens;
}

/** Plain characters and whole quotes. What is expanded in them is more than the documentation uses. */
const WORD = /^(?:[^\s"'`$\\|&;<>()]|"[^"`$\\]*"|'[^']*')+/;

function wordLength(text: string): number {
  const word = WORD.exec(text)?.[0] ?? '';
  if (word === '' || /^["'`$\\&(]/.test(text.slice(word.length)))
    throw new Error(`no word: ${text.slice(word.length)}`);
  return word.length;
}

const unquoted = (word: string): string =>
  word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_all, double?: string, single?: string) => double ?? single ?? '');
