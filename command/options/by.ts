import { userInfo } from 'node:os';
import { textValue } from './values.js';

/** Who decides: `--by`, or else the user of the operating system. @throws UsageError */
export function byValue(given: string | undefined): string {
  return given === undefined ? osUser() : textValue('by', given, 100);
}

function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that no user has.
    return process.env.USER || `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
