#!/usr/bin/env node
import { preparedHelp } from './help-table.js';

const { argv, stdout, stderr } = process;
const args = argv.slice(2);

// `copydesk post list | head` closes the pipe early, which is no failure.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const help = preparedHelp(args, stdout.columns);
if (help === null) {
  const [{ main }, { loadEnvFile }] = await Promise.all([
    import('./main.js'),
    import('../config/env-file.js'),
  ]);
  process.exitCode = await main(args, {
    // Read by a command that runs, so that --help answers beside a file that can't be read.
    get env() {
      return loadEnvFile(process.env);
    },
    stdin: () => process.stdin,
    stdout,
    stderr,
    exitCode: 0,
  });
} else stdout.write(help);
