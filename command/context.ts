import { readSettings, type Environment, type Settings } from '../config/settings.js';
import type { Copydesk } from '../client/copydesk.js';
import { createOutput, type Output } from './output/output.js';

/** What the commands need of the process they run in. */
export interface Context {
  readonly env: Environment;
  /** Opened only by a command that reads it. */
  stdin(): NodeJS.ReadableStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** What the process ends with; a command that fails throws instead. */
  exitCode: number;
}

/** What one run of a command works with. */
export interface CommandRun {
  readonly settings: Settings;
  readonly output: Output;
  readonly env: Environment;
  stdin(): NodeJS.ReadableStream;
  readonly stderr: NodeJS.WriteStream;
}

/** An exit code, or nothing for 0. */
export type CommandEnd = Promise<number | void>;

/** Runs the body of a command with its settings and output, and keeps its exit code. @throws SettingError */
export async function runCommand(
  context: Context,
  json: boolean,
  body: (run: CommandRun) => CommandEnd,
): Promise<void> {
  const { env, stdout, stderr } = context;
  const output = createOutput(json, stdout, stderr);
  const run = { settings: readSettings(env), output, env, stdin: () => context.stdin(), stderr };
  context.exitCode = (await body(run)) ?? 0;
}

/** Lends a connection, and closes it whatever happens: an open one would keep the process alive. @throws NoTemporalError */
export async function withCopydesk<T>(run: CommandRun, use: (copydesk: Copydesk) => Promise<T>): Promise<T> {
  const { Copydesk } = await import('../client/copydesk.js');
  const copydesk = await Copydesk.connect(run);
  try {
    return await use(copydesk);
  } finally {
    await copydesk.close();
  }
}
