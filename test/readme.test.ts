import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import type { DocumentedCommand } from '../command/manual.js';
import { createProgram } from '../command/program.js';
import { VARIABLES } from '../config/settings.js';
import { cachedServer } from '../workers/temporal/pinned.js';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const readme = read('README.md');
const decisions = readdirSync(new URL('../docs/decisions', import.meta.url));
const pages = [
  ...[
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'SECURITY.md',
    'docs/going-bigger.md',
    'docs/accounts.md',
    'docs/failures.md',
    'docs/when-it-breaks.md',
  ],
  ...decisions.map((name) => `docs/decisions/${name}`),
];

test('the table of variables has each that Copydesk reads, with its default and meaning', () => {
  const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \| (.*) \| (.*) \|$/gm)].map((row) => row.slice(1));
  const plain = rows.map((cells) => cells.map((cell) => cell.replaceAll('`', '')));
  const wanted = VARIABLES.map(({ name, fallback, meaning }) => [name, fallback ?? '–', meaning]);
  expect(plain).toEqual(wanted.map((cells) => cells.map((cell) => cell.replaceAll('`', ''))));
});

const { stdout, stderr } = process;
const program = createProgram({ env: {}, stdin: () => process.stdin, stdout, stderr, exitCode: 0 });
/** Every `npx copydesk …` of a page, as its words. What is quoted is a value, and `a|b` stands for two commands. */
const invocations = (page: string): string[] =>
  [...read(page).matchAll(/npx copydesk ([^`\n#]+)/g)].map((match) =>
    match[1]!.replace(/"[^"]*"/g, 'VALUE').trim(),
  );

/** What of an invocation the command's definitions lack; null when they have it all. */
function unknownIn(words: readonly string[]): string | null {
  let command: DocumentedCommand = program;
  const optionsOf = (): string[] => [...program.options, ...command.options].map(({ long }) => long ?? '');
  for (const word of words) {
    if (word.startsWith('--')) {
      if (![...optionsOf(), '--help'].includes(word)) return word;
    } else if (command.commands.length > 0) {
      const next = command.commands.find((candidate) => candidate.name() === word);
      if (!next) return word;
      command = next as DocumentedCommand;
    }
  }
  return !command.runs && !words.some((word) => word.startsWith('--')) ? 'a command' : null;
}

test.each(pages)('every command that %s names exists, with its options', (page) => {
  const wrong = invocations(page).filter((line) => unknownIn(line.split(/\s+/)) !== null);
  expect(wrong).toEqual([]);
});

test('a command or an option that does not exist is found out', () => {
  expect(unknownIn(['batch', 'list'])).toBeNull();
  expect(unknownIn(['batch', 'lits'])).toBe('lits');
  expect(unknownIn(['batch'])).toBe('a command');
  expect(unknownIn(['approve', 'UpkTZ26nc9Eb', '--notes', 'VALUE'])).toBe('--notes');
  expect(invocations('README.md').length).toBeGreaterThan(5);
});

test('the README names every command', () => {
  const leaves = (command: Command, path: string): string[] =>
    command.commands.length === 0
      ? [path]
      : command.commands.flatMap((next) => leaves(next, `${path} ${next.name()}`.trim()));
  const named = invocations('README.md');
  const missing = leaves(program, '').filter(
    (path) => !named.some((line) => `${line} `.startsWith(`${path} `)),
  );
  expect(missing).toEqual([]);
});

test.each(pages)('every npm script that %s names exists', (page) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = [...read(page).matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)];
  expect(named.map(([, run, short]) => run ?? short).filter((name) => !(name! in scripts))).toEqual([]);
});

test.each(pages)('every file that %s links to exists', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)].map(
    ([, link, image]) => link ?? image!,
  );
  const files = links.filter((link) => !/^https?:/.test(link)).map((link) => link.replace(/#.*$/, ''));
  expect(
    files.filter((file) => !existsSync(new URL(join('..', dirname(page), file), import.meta.url))),
  ).toEqual([]);
});

test('the README says where the Temporal server is kept', () => {
  const name = cachedServer({ HOME: '~', XDG_CACHE_HOME: '' }).replace(
    `-${process.platform}-${process.arch}`,
    '',
  );
  expect(readme).toContain(`${name}-linux-x64`);
});

test('the account file that the README shows is the one of docs/accounts.md', () => {
  const file = (page: string): string | undefined => /```yaml\n([^]*?)```/.exec(read(page))?.[1];
  expect(file('README.md')).toBe(file('docs/accounts.md'));
});

test("nothing of this machine stands in what we hand out: no paths, no registry's host", () => {
  for (const page of pages)
    expect(read(page), page).not.toMatch(/\/(work|root|home|tmp)\/|\bregistry\b.*\/\//);
});
