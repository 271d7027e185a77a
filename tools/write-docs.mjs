import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationPage } from '../config/configuration-page.js';
import { envExample } from '../config/env-example.js';
import { VARIABLES } from '../config/settings.js';
import { createProgram } from '../command/program.js';
import { commandReference } from '../command/reference.js';
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
