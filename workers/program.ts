import { CopydeskError, errorLine } from '../contract/errors.js';
import type { Closers, Stop } from './stop.js';
import { printDocument, say } from './log.js';

/** What the programs of this folder are called with; `copydesk` has checked it before. */
export function argumentsOf(args: readonly string[]): { json: boolean; queues: string | undefined } {
  const at = args.indexOf('--queues');
  return { json: args.includes('--json'), queues: at === -1 ? undefined : (args[at + 1] ?? '') };
}

/** 2 for what was asked for wrongly, 1 for what failed. */
export function exitCodeOf(error: unknown): 1 | 2 {
  return error instanceof CopydeskError ? error.exitCode : 1;
}

/** Says how it failed: on stderr, and with --json as a document; keeps the exit code. */
export function fail(error: unknown, { json }: { json: boolean }): void {
  const message = errorLine(error);
  const field = (error as { field?: string }).field;
  if (json) printDocument({ error: { message, field } });
  say(message);
  process.exitCode = exitCodeOf(error);
}

/** Ends this process once everything is closed: what runs in it is told at once. */
export async function end({ stop, closers }: { stop: Stop; closers: Closers }): Promise<never> {
  stop.begin();
  void stop.hurried.then(() => say('Stopping at once.'));
  await closers.close(say);
  process.exit();
}
