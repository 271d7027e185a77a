import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The pages of the documentation, and what the tests read in them. */

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const read = (page: string): string => readFileSync(join(root, page), 'utf8');

const pagesIn = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

export const GUIDE: readonly string[] = ['README.md', ...pagesIn('docs')];

export const PAGES: readonly string[] = [
  ...GUIDE,
  ...['CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'],
  ...['offline/README.md', 'bench/README.md', 'bench/figures.md'],
  ...['test/hostile/README.md', 'test/real-model/README.md', 'test/replay/README.md'],
  ...pagesIn('docs/decisions'),
];

interface Fence {
  readonly language: string;
  readonly text: string;
}

/** Also one that is indented, as in a list. */
const FENCE = /^( *)```([\w-]*)\n([^]*?)^\1```$/gm;

export const fences = (text: string): Fence[] =>
  [...text.matchAll(FENCE)].map(([, indent = '', language = '', body = '']) => ({
    language,
    text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));

/** What a person types in the console blocks of a text: their lines after `$ `. */
export const consoleLines = (text: string): string[] =>
  fences(text)
    .filter(({ language }) => language === 'console')
    .flatMap((fence) => [...fence.text.matchAll(/^\$ (.+)$/gm)].map(([, line]) => line!));

const withoutFences = (text: string): string => text.replaceAll(FENCE, '');

/** The anchors that GitHub gives the headings of a text. */
export function anchors(text: string): string[] {
  const seen = new Map<string, number>();
  return [...withoutFences(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
    const words = heading!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = words.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

/** The links and pictures of a page that lead nowhere; those to other sites are not looked at. */
export function deadLinks(page: string): string[] {
  const links = [...withoutFences(read(page)).matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)].map(
    ([, link, picture]) => link ?? picture!,
  );
  return links.filter((link) => !/^https?:/.test(link) && !leadsSomewhere(page, link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || anchors(read(target)).includes(anchor);
}

const ROOMS = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^(?:dist|var|node_modules|\.git)$/.test(entry.name))
  .map(({ name }) => name.replaceAll('.', '\\.'));
const FILE = new RegExp(`\`((?:${ROOMS.join('|')})/[\\w./-]+)\``, 'g');

/** The files and folders of ours that a page names in code, from the root or from beside it, and that are not there. */
export const missingFiles = (page: string): string[] =>
  [...read(page).matchAll(FILE)]
    .map(([, file]) => file!)
    .filter((file) => ![root, join(root, dirname(page))].some((folder) => existsSync(join(folder, file))));

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
