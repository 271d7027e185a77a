import { nearest } from '../nearest.js';

const NAMED = 10;

/** What somebody may have meant who named an account that there is not. */
export function accountHint(handle: string, known: readonly string[]): string {
  const meant = nearest(handle, known);
  if (meant) return `did you mean ${meant}?`;
  if (known.length === 0) return 'there is no account yet';
  return `known: ${known.slice(0, NAMED).join(', ')}${known.length > NAMED ? ', …' : ''}`;
}
