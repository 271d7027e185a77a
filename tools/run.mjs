import { spawnSync } from 'node:child_process';
import { root } from './paths.mjs';

/** On Windows npm is a `.cmd` file, which only a shell starts. */
const shell = process.platform === 'win32';

/**
 * Runs a command in the checkout and keeps its output.
 * @returns {{ ok: boolean, output: string }} `output` is stdout and stderr together
 */
export function capture(command, args, env = process.env) {
  const done = spawnSync(command, args, {
    cwd: root,
    env,
    shell,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const output = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error ? `${done.error.message}\n` : ''}`;
  return { ok: done.status === 0, output };
}

/** Says one line to a person. Stdout belongs to what the command prints for programs. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends the process with one line, after the output that explains it, if there is any. */
export function fail(line, output = '') {
  if (output) process.stderr.write(output.endsWith('\n') ? output : `${output}\n`);
  say(line);
  process.exit(1);
}
