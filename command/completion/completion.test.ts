import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definitionsOf } from '../definitions.js';
import { createProgram } from '../program.js';
import { inProcess } from '../testing/in-process.js';
import { fishCompletion } from './fish.js';
import { zshCompletion } from './zsh.js';

const { stdin, stdout, stderr } = process;
const program = createProgram({ env: {}, stdin: () => stdin, stdout, stderr, exitCode: 0 });
const definitions = definitionsOf(program);

let folder: string;
let script: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copydesk-completion-'));
  script = path.join(folder, 'copydesk.bash');
  await writeFile(script, (await inProcess(['completion', 'bash'])).stdout);
});
afterAll(() => rm(folder, { recursive: true }));

const bash = (...args: string[]) =>
  spawnSync('bash', ['--norc', '--noprofile', ...args], { encoding: 'utf8' });

/** What a real bash offers for a line whose last word is being typed. */
function offered(...words: string[]): string[] {
  const run = bash(
    '-c',
    `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _copydesk; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
    script,
    ...words,
  );
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  return run.stdout.split('\n').filter(Boolean);
}

describe('bash', () => {
  it('is a script that bash can read, and that it binds to the command', () => {
    expect(bash('-n', script)).toMatchObject({ status: 0, stderr: '' });
    expect(bash('-c', 'source "$1"; complete -p copydesk', 'bash', script).stdout).toBe(
      'complete -F _copydesk copydesk\n',
    );
  });

  it.each<[words: string[], offers: string[]]>([
    [['copydesk', 'ap'], ['approve']],
    [
      ['copydesk', 're'],
      ['reject', 'revise', 'resume'],
    ],
    [['copydesk', 'batch', 'p'], ['pause']],
    [['copydesk', '--json', 'batch', 'bu'], ['budget']],
    [['copydesk', 'post', 'list', '--w'], ['--waiting']],
    [
      ['copydesk', 'post', 'list', ''],
      ['--waiting', '--account', '--json', '--help', '-h'],
    ],
    [
      ['copydesk', 'revise', 'UpkTZ26nc9Eb', '--redo', ''],
      ['text', 'image', 'video', 'all'],
    ],
    [['copydesk', 'approve', '--gate', 'm'], ['media']],
    [['copydesk', 'approve', '--gate', '=', 'p'], ['publish']],
    [
      ['copydesk', 'approve', '--gate', '='],
      ['media', 'publish'],
    ],
    [['copydesk', 'approve', '--note', ''], []],
    [['copydesk', 'approve', '--note', 'batch', '--rev'], ['--revision']],
    [
      ['copydesk', 'completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['copydesk', 'nonsense', 'x'], []],
  ])('%j', (words, offers) => expect(offered(...words)).toEqual(offers));

  it('offers every command and every option of each', () => {
    for (const { words, commands, options } of definitions) {
      const line = ['copydesk', ...words.split(' ').filter(Boolean)];
      expect(offered(...line, '-')).toEqual(options.flatMap(({ flags }) => flags));
      if (commands.length > 0) expect(offered(...line, '')).toEqual(commands.map(({ name }) => name));
    }
  });
});

/** A script that leaves a quote open, or closes more than it opens, leaves a shell in the middle of a word. */
function unquoted(text: string, escape: RegExp): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .map((line) => line.replace(escape, '').replace(/'[^']*'/g, "''"))
    .join('\n');
}

describe.each([
  ['zsh', zshCompletion(definitions), /'\\''/g],
  ['fish', fishCompletion(definitions), /\\['\\]/g],
] as const)('%s', (shell, text, escape) => {
  it('is what the command prints', async () => {
    expect((await inProcess(['completion', shell])).stdout).toBe(text);
  });

  it('names every command and every option, with what they do', () => {
    for (const { commands, options } of definitions) {
      for (const { name } of commands) expect(text).toContain(name);
      for (const { flags, choices } of options) {
        for (const flag of flags) expect(text).toContain(shell === 'fish' ? flag.replace(/^-+/, '') : flag);
        for (const choice of choices) expect(text).toContain(choice);
      }
    }
  });

  it('closes every quote', () => {
    expect(unquoted(text, escape).replaceAll("''", '')).not.toContain("'");
  });
});

it('--json prints the script in a document', async () => {
  const { stdout } = await inProcess(['completion', 'fish', '--json']);
  expect(JSON.parse(stdout)).toEqual({ shell: 'fish', script: fishCompletion(definitions) });
});
