import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationPage } from '../config/configuration-page.ts';
import { envExample } from '../config/env-example.ts';
import { VARIABLES } from '../config/settings.ts';
import { createProgram } from '../command/program.ts';
import { commandReference } from '../command/reference.ts';
import { root } from './paths.mjs';

// Writes the pages that are made from code, and .env.example: npm run docs.

const { stdin, stdout, stderr } = process;
const program = createProgram({ env: {}, stdin: () => stdin, stdout, stderr, exitCode: 0 });
const pages = {
  'docs/command.md': commandReference(program),
  'docs/configuration.md': configurationPage(VARIABLES),
  '.env.example': envExample(VARIABLES),
};
for (const [file, text] of Object.entries(pages)) {
  writeFileSync(join(root, file), text);
  stderr.write(`${file}\n`);
}
