import type { Context } from './context.js';
import { createOutput } from './output/output.js';
import { createProgram } from './program.js';
import { failureFor } from './report.js';

/**
 * Runs one command line.
 *
 * @param args without the program's own name
 * @returns the exit code: 0 done, 1 failed, 2 wrong use
 */
export async function main(args: readonly string[], context: Context): Promise<number> {
  try {
    await createProgram(context).parseAsync(args, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    const failure = failureFor(error);
    if (!failure) return 0;
    createOutput(args.includes('--json'), context.stdout, context.stderr).failure(failure);
    return failure.exitCode;
  }
}
