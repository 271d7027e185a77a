#!/usr/bin/env node
import { loadEnvFile } from '../config/env-file.js';
import { main } from './main.js';

const { stdout, stderr } = process;

// `copydesk post list | head` closes the pipe early, which is no failure.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await main(process.argv.slice(2), {
  // Read by a command that runs, so that --help answers beside a file that can't be read.
  get env() {
    return loadEnvFile(process.env);
  },
  stdin: () => process.stdin,
  stdout,
  stderr,
  exitCode: 0,
});
