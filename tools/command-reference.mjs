import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../client/program.ts';
import { commandReference } from '../client/reference.ts';
import { root } from './paths.mjs';

// Writes docs/command.md from the definitions that the command itself runs on. Run it with `npm run docs`.

const { stdin, stdout, stderr } = process;
const program = createProgram({ env: {}, stdin: () => stdin, stdout, stderr, exitCode: 0 });
writeFileSync(join(root, 'docs', 'command.md'), commandReference(program));
stderr.write('docs/command.md\n');
