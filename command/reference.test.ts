import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { commandReference } from './reference.js';
import { program } from './testing/command-lines.js';

it('docs/command.md is what npm run docs writes', async () => {
  const page = await readFile(new URL('../docs/command.md', import.meta.url), 'utf8');
  expect(page).toBe(commandReference(program));
});
