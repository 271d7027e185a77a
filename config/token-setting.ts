import { SettingError } from '../contract/errors.js';

const STRONG = /^[!-~]{20,}$/;
const ALLOWED =
  'a token of 20 or more letters, digits and signs without spaces; leave it out and the desk makes one, or make one with: openssl rand -hex 24';

/**
 * A token that nobody guesses and a header can carry. What is refused is shown by its length alone.
 *
 * @param name of the variable or file that holds it.
 * @throws SettingError
 */
export function tokenSetting(name: string, value: string | null): string | null {
  if (value === null || STRONG.test(value)) return value;
  throw new SettingError(name, '*'.repeat(Math.min(value.length, 40)), ALLOWED);
}
