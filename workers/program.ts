import { CopydeskError } from '../client/errors.js';
import { SettingError } from '../contract/settings.js';
import type { Closers } from './closers.js';
import type { Stop } from './stop.js';

/** What the programs of this folder are called with; `copydesk` has checked it before. */
export function argumentsOf(args: readonly string[]): { json: boolean; queues: string | undefined } {
  const at = args.indexOf('--queues');
  return { json: args.includes('--json'), queues: at === -1 ? undefined : (args[at + 1] ?? '') };
}

/** 2 for what was asked for wrongly, 1 for what failed. */
export function exitCodeOf(error: unknown): 1 | 2 {
  if (error instanceof SettingError) return 2;
  return error instanceof CopydeskError ? error.exitCode : 1;
}

/** An error's text, for a line of its own. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Says how it failed: on stderr, and with --json as a document; keeps the exit code. */
export function fail(error: unknown, { json, say }: { json: boolean; say: (line: string) => void }): void {
  const message = messageOf(error);
  const field = (error as { field?: string }).field;
  if (json) process.stdout.write(`${JSON.stringify({ error: { message, field } })}\n`);
  say(message);
  process.exitCode = exitCodeOf(error);
}

/** Ends this process once everything is closed: what runs in it is told at once. */
export async function end(options: {
  stop: Stop;
  closers: Closers;
  say: (line: string) => void;
}): Promise<never> {
  const { stop, closers, say } = options;
  stop.begin();
  void stop.hurried.then(() => say('Stopping at once.'));
  await closers.close(say);
  process.exit();
}
