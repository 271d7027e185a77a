import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { tempFolder } from '../../services/testing/temp-folder.js';
import { definitionsOf } from '../definitions.js';
import { program } from '../testing/command-lines.js';
import { inJson, inProcess } from '../testing/in-process.js';
import { fishCompletion } from './fish.js';
import { zshCompletion } from './zsh.js';

const definitions = definitionsOf(program);

const script = path.join(tempFolder(), 'copydesk.bash');
beforeAll(async () => {
  await writeFile(script, (await inProcess(['completion', 'bash'])).stdout);
});

const bash = (...args: string[]) =>
  spawnSync('bash', ['--norc', '--noprofile', ...args], { encoding: 'utf8' });

/** @param words the last one is being typed. A shell's `copydesk` repeats here what it was asked. */
function offered(...words: string[]): string[] {
  const complete = `copydesk() { echo "asked $*"; }; source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _copydesk; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const run = bash('-c', complete, 'bash', script, ...words);
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  return run.stdout.split('\n').filter(Boolean);
}

describe('bash', () => {
  it('is a script that bash can read, and that it binds to the command', () => {
    expect(bash('-n', script)).toMatchObject({ status: 0, stderr: '' });
    const bound = bash('-c', 'source "$1"; complete -p copydesk', 'bash', script);
    expect(bound.stdout).toBe('complete -F _copydesk copydesk\n');
  });

  it.each([
    ['ap', 'approve'],
    ['re', 'reject revise resume'],
    ['batch p', 'pause'],
    ['--json batch bu', 'budget'],
    ['post list --w', '--waiting'],
    ['post list ', '--waiting --status --attention --account --batch --limit --json --help -h'],
    ['post list --status pub', 'publishing published'],
    ['slots ', 'asked completion accounts'],
    ['post list --account ', 'asked completion accounts'],
    ['batch start --planner ', 'asked completion planners'],
    ['batch start --account one --planner ', 'asked completion planners --account=one'],
    ['batch start --account = one --planner ', 'asked completion planners --account=one'],
    ['revise UpkTZ26nc9Eb --redo ', 'text image video all'],
    ['approve --gate m', 'media'],
    ['approve --gate = p', 'publish'],
    ['approve --gate =', 'media publish'],
    ['approve --note ', ''],
    ['approve --note batch --rev', '--revision'],
    ['completion ', 'bash zsh fish accounts planners'],
    ['nonsense x', ''],
  ])('after copydesk %s offers %s', (line, offers) => {
    expect(offered('copydesk', ...line.split(' ')).join(' ')).toBe(offers);
  });

  it('offers every command and every option of each', () => {
    for (const { words, commands, options } of definitions) {
      const line = ['copydesk', ...words.split(' ').filter(Boolean)];
      expect(offered(...line, '-')).toEqual(options.flatMap(({ flags }) => flags));
      if (commands.length > 0) expect(offered(...line, '')).toEqual(commands.map(({ name }) => name));
    }
  });
});

it('prints the names that the scripts ask for, without a server, and none that a shell could run', async () => {
  const folder = tempFolder();
  const planners = (...names: string[]) => `planners: { ${names.map((name) => `'${name}': {}`).join(', ')} }`;
  await writeFile(path.join(folder, 'night.yaml'), planners('tides', '$(id)', 'moon'));
  await writeFile(path.join(folder, 'day.yaml'), planners('noon', 'moon'));
  await writeFile(path.join(folder, 'odd.yaml'), 'planners: [');
  await writeFile(path.join(folder, '$(id).yaml'), planners('never'));
  const printed = async (...args: string[]) =>
    (await inProcess(['completion', ...args], { COPYDESK_ACCOUNTS: folder })).stdout.trim().split('\n');
  expect(await printed('accounts')).toEqual(['day', 'night', 'odd']);
  expect(await printed('planners')).toEqual(['moon', 'noon', 'tides']);
  expect(await printed('planners', '--account', 'night')).toEqual(['moon', 'tides']);
  expect(await printed('planners', '--account', 'nobody')).toEqual(['']);
  const { document } = await inJson(['completion', 'accounts'], { COPYDESK_ACCOUNTS: folder });
  expect(document).toEqual({ names: ['day', 'night', 'odd'] });
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
  it('is what the command prints, also in a document', async () => {
    expect((await inProcess(['completion', shell])).stdout).toBe(text);
    expect((await inJson(['completion', shell])).document).toEqual({ shell, script: text });
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
