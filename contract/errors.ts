import { withoutLogins, withoutSecrets } from './address.js';
import { shown } from './shown.js';
import type { StatusError } from './status.js';

/**
 * What the command and the client fail with. Each message is one line that names the thing, the value and the
 * remedy; the command prints it as it is.
 */
export class CopydeskError extends Error {
  override name = 'CopydeskError';
  /** 1: it failed. 2: it was asked for wrongly, and nothing was started. */
  readonly exitCode: 1 | 2 = 1;
  /** The option, key or variable at fault. */
  readonly field?: string;
}

/** An option, id, time, amount or file that can't be used. */
export class UsageError extends CopydeskError {
  override name = 'UsageError' as const;
  override readonly exitCode = 2;
  override readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** A variable whose value can't be used: one line that names it, the value and what is allowed, and no login. */
export class SettingError extends CopydeskError {
  override name = 'SettingError' as const;
  override readonly exitCode = 2;
  override readonly field: string;
  constructor(field: string, value: string, allowed: string) {
    super(`${field}='${withoutSecrets(shown(value))}' is not ${allowed}`);
    this.field = field;
  }
}

/** An error's text as one line that tells no password, whatever a server or a file put into it. */
export const errorLine = (error: unknown): string =>
  withoutLogins(shown(error instanceof Error ? error.message : String(error)))
    .replace(/\s+/g, ' ')
    .trim();

/** The failures that a wrong key or an empty account has: what stops one post stops all. */
const KEY_FAILURES = ['Provider.Authentication', 'Provider.Forbidden', 'Provider.QuotaUsedUp'];

export const isKeyFailure = (error: StatusError | null): boolean =>
  error !== null && KEY_FAILURES.includes(error.type);
