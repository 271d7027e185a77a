import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OTHER_FAILURES, PROVIDER_FAILURES } from '../activities/provider-failures-table.js';
import { configurationPage } from '../config/configuration-page.js';
import { envExample } from '../config/env-example.js';
import { VARIABLES } from '../config/settings.js';
import { createProgram } from '../command/program.js';
import { commandReference } from '../command/reference.js';
import { root } from './paths.mjs';

// Writes the pages that are made from code, and .env.example: npm run docs.

const { stdin, stdout, stderr } = process;
const program = createProgram({ env: {}, stdin: () => stdin, stdout, stderr, exitCode: 0 });
/** The page with its two tables made again: a table is what follows a head with the column `type`. */
function failuresPage() {
  const tables = [PROVIDER_FAILURES, OTHER_FAILURES];
  return readFileSync(join(root, 'docs/failures.md'), 'utf8').replaceAll(
    /^(\| type .*\n\| ---.*\n)(?:\|.*\n)*/gm,
    (_all, head) =>
      head +
      tables
        .shift()
        .map((row) => `| \`${row.type}\` | ${row.means} | ${row.does} | ${row.you} |\n`)
        .join(''),
  );
}

const pages = {
  'docs/command.md': commandReference(program),
  'docs/configuration.md': configurationPage(VARIABLES),
  'docs/failures.md': failuresPage(),
  '.env.example': envExample(VARIABLES),
};
for (const [file, text] of Object.entries(pages)) {
  writeFileSync(join(root, file), text);
  stderr.write(`${file}\n`);
}
