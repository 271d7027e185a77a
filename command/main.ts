import { CopydeskError, errorLine } from '../contract/errors.js';
import type { Context } from './context.js';
import { createOutput } from './output/output.js';
import { createProgram } from './program.js';

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

/** An error as the command reports it: one line, the field at fault, and the exit code. */
export interface ReportedError {
  readonly message: string;
  readonly field?: string;
  readonly exitCode: number;
}

/** What commander throws; by its shape, so that this file needs no parser of options. */
interface ParserError extends Error {
  readonly code: string;
  readonly exitCode: number;
}

const isParserError = (error: unknown): error is ParserError =>
  error instanceof Error && /^commander\./.test((error as { code?: string }).code ?? '');

/** The failure that an error stands for, or null when commander only printed help or the version. */
export function failureFor(error: unknown): ReportedError | null {
  if (isParserError(error)) return error.exitCode === 0 ? null : parserFailure(error);
  const message = errorLine(error);
  if (error instanceof CopydeskError) {
    return { message, exitCode: error.exitCode, ...(error.field && { field: error.field }) };
  }
  return { message: `unexpected: ${message}`, exitCode: 1 };
}

/** A parser's complaint with its field and where to read on. */
function parserFailure({ code, message }: ParserError): ReportedError {
  if (code === 'commander.help') {
    return { message: 'command is missing; npx copydesk --help lists them', field: 'command', exitCode: 2 };
  }
  const said = message
    .replace(/^error: /, '')
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '');
  const named = /'-{0,2}([\w-]+)/.exec(said)?.[1];
  const field =
    code === 'commander.unknownCommand'
      ? 'command'
      : code === 'commander.excessArguments'
        ? 'arguments'
        : named;
  return { message: `${said}; --help shows what is allowed`, exitCode: 2, ...(field && { field }) };
}
