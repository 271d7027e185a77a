import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { createProgram } from './program.js';
import { commandReference } from './reference.js';

const { stdin, stdout, stderr } = process;
const program = createProgram({ env: {}, stdin: () => stdin, stdout, stderr, exitCode: 0 });

it('docs/command.md is what npm run docs writes', async () => {
  const page = await readFile(new URL('../docs/command.md', import.meta.url), 'utf8');
  expect(page).toBe(commandReference(program));
});

it('has a synopsis, each argument and option, the document of --json and examples', () => {
  const page = commandReference(program);
  const section = page.split('## copydesk revise\n')[1]!.split('\n## ')[0]!;
  expect(section).toContain('npx copydesk revise <id> --note <text> [options]');
  expect(section).toContain("| `<id>` | the post's id |");
  expect(section).toContain(
    '| `--redo <what>` | what is made again (default: text): `text`, `image`, `video`, `all` |',
  );
  expect(section).toContain(
    '| `--note <text>` | what the model is told, at most 4000 characters (required) |',
  );
  expect(section).toContain('| `--json` |');
  expect(section).toContain('{ results: [{ id, status, revision }] }');
  expect(section).toContain('$ npx copydesk revise UpkTZ26nc9Eb --note');
});
