import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { commandReference } from './reference.js';
import { program } from './testing/command-lines.js';

it('docs/command.md is what npm run docs writes', async () => {
  const page = await readFile(new URL('../docs/command.md', import.meta.url), 'utf8');
  expect(page).toBe(commandReference(program));
});

it('has a synopsis, each argument and option, the document of --json and examples', () => {
  const page = commandReference(program);
  const section = page.split('## copydesk revise\n')[1]!.split('\n## ')[0]!;
  for (const words of [
    'npx copydesk revise <id> --note <text> [options]',
    "| `<id>` | the post's id |",
    '| `--redo <what>` | what is made again (default: text): `text`, `image`, `video`, `all` |',
    '| `--note <text>` | what the model is told, at most 4000 characters (required) |',
    '| `--json` |',
    '{ results: [{ id, status, revision }] }',
    '$ npx copydesk revise UpkTZ26nc9Eb --note',
  ])
    expect(section).toContain(words);
});
