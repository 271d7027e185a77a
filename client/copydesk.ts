#!/usr/bin/env node
import { main } from './main.js';

const { env, stdout, stderr } = process;

// `copydesk post list | head` closes the pipe early, which is no failure.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await main(process.argv.slice(2), {
  env,
  stdin: () => process.stdin,
  stdout,
  stderr,
  exitCode: 0,
});
