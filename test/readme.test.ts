import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import type { DocumentedCommand } from '../command/manual.js';
import { createProgram } from '../command/program.js';
import { inProcess } from '../command/testing/in-process.js';
import { POST_STATES } from '../contract/states.js';
import { cachedServer } from '../workers/temporal/pinned.js';
import { callsIn, refusalOf, typeErrors } from './docs/accepted.js';
import {
  anchors,
  consoleLines,
  deadLinks,
  fences,
  GUIDE,
  missingFiles,
  PAGES,
  read,
  commandsOf,
} from './docs/pages.js';

const { stdout, stderr } = process;
const program = createProgram({ env: {}, stdin: () => process.stdin, stdout, stderr, exitCode: 0 });

describe('commands', () => {
  test.each(GUIDE)('every line that %s has a person type is one that can be typed', async (page) => {
    const refusals = await Promise.all(consoleLines(read(page)).map(refusalOf));
    expect(refusals.filter((refusal) => refusal !== null)).toEqual([]);
  });

  const readExamples = (command: DocumentedCommand): readonly string[] => [
    ...command.page.examples,
    ...(command.commands as DocumentedCommand[]).flatMap(readExamples),
  ];

  test('so is every example of the help', async () => {
    const refusals = await Promise.all(readExamples(program).map(refusalOf));
    expect(refusals.filter((refusal) => refusal !== null)).toEqual([]);
  });

  test('a batch that a page or the help starts can be started: its account, planner, mix and budget are right', async () => {
    const lines = [...GUIDE.flatMap((page) => consoleLines(read(page))), ...readExamples(program)];
    const calls = lines.flatMap(callsIn);
    const starts = calls.filter(([noun, verb]) => noun === 'batch' && verb === 'start');
    expect(starts.length).toBeGreaterThan(4);
    for (const args of starts) {
      // What readers asked is for a desk to say.
      const needless = ['--wait', '--dry-run', '--from-questions'];
      const tried = [...args.filter((word) => !needless.includes(word)), '--dry-run'];
      expect(await inProcess(tried), args.join(' ')).toMatchObject({ code: 0, stderr: '' });
    }
  });

  test.each([
    ['npx copydesk approve UpkTZ26nc9Eb --notes "good one"', /unknown option '--notes'/],
    ['npx copydesk approve UpkTZ26nc9Eb --note good one two | less', /less is not a program of ours/],
    ['npx copydesk reject UpkTZ26nc9Eb', /required option '--reason <text>'/],
    ['npx copydesk edit UpkTZ26nc9Eb --title Good one', /too many arguments/],
    ['npx copydesk revise UpkTZ26nc9Eb --note a --redo sound', /--redo is not one of text, image/],
    ['npx copydesk batch lits', /unknown command 'lits'/],
    ['npx copydesk approve "UpkTZ26nc9Eb', /no word/],
    ['COPYDESK_PROT=8301 npx copydesk up', /no variable COPYDESK_PROT/],
    ['npm run buidl', /no script buidl/],
    ['npm run prices 1.109.1', /put -- before it/],
    ['npm publish', /no script/],
    ['curl http://127.0.0.1:8300', /curl is not a program of ours/],
  ])('%s is found out', async (line, why) => expect(await refusalOf(line)).toMatch(why));

  test('a line that is right is taken, whatever it pipes and redirects', async () => {
    const line = 'FAL_KEY=a npx copydesk archive export | gzip > copydesk.ndjson.gz';
    expect(await refusalOf(line)).toBeNull();
    expect(callsIn(line)).toEqual([['archive', 'export']]);
    expect(await refusalOf('npx copydesk edit UpkTZ26nc9Eb --body - < article.txt')).toBeNull();
    expect(await refusalOf('npm run bench -- --quick')).toBeNull();
  });

  test('docs/command.md names every command, at the top and with a section', () => {
    const leaves = (command: Command): DocumentedCommand[] =>
      command.commands.flatMap((next) => [next as DocumentedCommand, ...leaves(next)]);
    const pathOf = (command: Command): string =>
      command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
    const page = read('docs/command.md');
    const top = page.split('\n```')[0]!;
    for (const command of leaves(program).filter(({ runs }) => runs)) {
      const anchor = pathOf(command).replaceAll(' ', '-');
      expect(top).toContain(`[${pathOf(command).replace('copydesk ', '')}](#${anchor})`);
      expect(anchors(page)).toContain(anchor);
    }
  });
});

describe('commands within a sentence', () => {
  /** Every `npx copydesk …` of a page, as its words. What is quoted is a value; words such as ID are not looked at. */
  const invocations = (page: string): string[][] =>
    [...read(page).matchAll(/npx copydesk ([^`\n#]+)/g)].map((match) =>
      match[1]!
        .replace(/"[^"]*"/g, 'VALUE')
        .trim()
        .split(/\s+/),
    );

  /** What of an invocation the command's definitions lack; null when they have it all. */
  function unknownIn(words: readonly string[]): string | null {
    let command: DocumentedCommand = program;
    const optionsOf = (): string[] => [...program.options, ...command.options].map(({ long }) => long ?? '');
    for (const word of words) {
      // A synopsis: <command>, [options].
      if (/^[<[]/.test(word)) return null;
      if (word.startsWith('--')) {
        if (![...optionsOf(), '--help'].includes(word)) return word;
      } else if (command.commands.length > 0) {
        const next = command.commands.find((candidate) => candidate.name() === word);
        // Such as `costs reconcile`: `costs` runs by itself, too.
        if (!next) return command.runs ? null : word;
        command = next as DocumentedCommand;
      }
    }
    return !command.runs && !words.some((word) => word.startsWith('--')) ? 'a command' : null;
  }

  test.each(PAGES)('every one that %s names exists, with its options', (page) => {
    expect(invocations(page).filter((words) => unknownIn(words) !== null)).toEqual([]);
  });

  test('one that does not exist is found out', () => {
    expect(unknownIn(['batch', 'list'])).toBeNull();
    expect(unknownIn(['batch', 'lits'])).toBe('lits');
    expect(unknownIn(['batch'])).toBe('a command');
    expect(unknownIn(['approve', 'UpkTZ26nc9Eb', '--notes', 'VALUE'])).toBe('--notes');
    expect(invocations('docs/approving.md').length).toBeGreaterThan(5);
  });

  test.each(PAGES)('every npm script that %s names exists', (page) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)];
    expect(named.map(([, run, short]) => run ?? short).filter((name) => !(name! in scripts))).toEqual([]);
  });
});

describe('links and names', () => {
  test.each(PAGES)('every link of %s leads to a file, and to a heading in it', (page) => {
    expect(deadLinks(page)).toEqual([]);
  });

  test.each(PAGES.filter((page) => page !== 'CHANGELOG.md'))(
    'every file of ours that %s names is there',
    (page) => {
      expect(missingFiles(page)).toEqual([]);
    },
  );

  test('headings have the anchors that GitHub gives them', () => {
    const text =
      '# The `copydesk` command\n```sh\n# no heading\n```\n## What a 429 does\n## Where is …?\n## What a 429 does\n';
    expect(anchors(text)).toEqual([
      'the-copydesk-command',
      'what-a-429-does',
      'where-is-',
      'what-a-429-does-1',
    ]);
  });

  test('the README links to every page of docs/', () => {
    const readme = read('README.md');
    expect(GUIDE.filter((page) => page !== 'README.md' && !readme.includes(`](${page})`))).toEqual([]);
  });

  test("nothing of this machine stands in what we hand out: no paths, no registry's host", () => {
    for (const page of PAGES)
      expect(read(page), page).not.toMatch(/\/(work|root|home|tmp)\/|\bregistry\b.*\/\//);
  });
});

describe('the README', () => {
  const readme = read('README.md');

  test('can be read in six minutes: 1,500 words at most', () => {
    expect(readme.split(/\s+/).filter(Boolean).length).toBeLessThanOrEqual(1_500);
  });

  test('has every state of a post: in its diagram, or in the words below it', () => {
    const diagram = fences(readme).find(({ text }) => text.startsWith('stateDiagram'))!.text;
    const drawn = new Set(
      [...diagram.matchAll(/^ +(\S+) --> ([^\s:]+)/gm)].flatMap(([, from, to]) => [from!, to!]),
    );
    drawn.delete('[*]');
    expect([...drawn, 'blocked', 'cancelled', 'failed'].toSorted()).toEqual([...POST_STATES].toSorted());
    for (const state of ['blocked', 'cancelled', 'failed']) expect(readme).toContain(`\`${state}\``);
  });

  test('shows the library in its first example', () => {
    const [first] = fences(readme).filter(({ language }) => language === 'ts');
    expect(first?.text).toMatch(/^import \{ Copydesk \} from 'copydesk\/client';\n/);
  });
});

describe('a line of a shell', () => {
  test.each(['a "b', "a 'b", 'a $(b)', 'a "$B"', 'a \\', 'a >', 'a <(b', 'a )', 'A=1', 'a |', 'a & b'])(
    'takes no %s',
    (line) => expect(() => commandsOf(line)).toThrow(),
  );
});

test('the examples in TypeScript have the right types', { timeout: 120_000 }, () => {
  expect(typeErrors(['README.md', 'docs/library.md'])).toEqual([]);
});

test('docs/approving.md says where the Temporal server is kept', () => {
  const name = cachedServer({ HOME: '~', XDG_CACHE_HOME: '' }).replace(
    `-${process.platform}-${process.arch}`,
    '',
  );
  expect(read('docs/approving.md')).toContain(`${name}-linux-x64`);
});
