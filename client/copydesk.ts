#!/usr/bin/env node
import type { Context } from './context.js';
import { createProgram } from './program.js';
import { failureFor } from './report.js';

const context: Context = { env: process.env, stdout: process.stdout, stderr: process.stderr, exitCode: 0 };
const args = process.argv.slice(2);

// `copydesk post list | head` closes the pipe early, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await createProgram(context).parseAsync(args, { from: 'user' });
  process.exitCode = context.exitCode;
} catch (error) {
  const failure = failureFor(error);
  if (failure) {
    const { message, field, exitCode } = failure;
    if (args.includes('--json')) process.stdout.write(`${JSON.stringify({ error: { message, field } })}\n`);
    process.stderr.write(`${message}\n`);
    process.exitCode = exitCode;
  }
}
