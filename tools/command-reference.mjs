import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample } from '../config/env-example.ts';
import { createProgram } from '../command/program.ts';
import { commandReference } from '../command/reference.ts';
import { VARIABLES } from '../config/settings.ts';
import { root } from './paths.mjs';

// Writes docs/command.md from the definitions that the command itself runs on, and .env.example from the list of variables.
// Run it with `npm run docs`.

const { stdin, stdout, stderr } = process;
const program = createProgram({ env: {}, stdin: () => stdin, stdout, stderr, exitCode: 0 });
writeFileSync(join(root, 'docs', 'command.md'), commandReference(program));
writeFileSync(join(root, '.env.example'), envExample(VARIABLES));
stderr.write('docs/command.md, .env.example\n');
