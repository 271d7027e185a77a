import { editionKey, type Edition } from '../publisher.js';
import type { Target } from '../../../contract/account.js';

const DIGITS = '234567abcdefghijklmnopqrstuvwxyz';
const LENGTH = 13;
/** Microseconds since 1970, from 2023 until the end of 2025: a key that claims a time to come may be taken for a forgery. */
const FROM = BigInt(Date.UTC(2023, 0, 1)) * 1_000n;
const SPAN = BigInt(Date.UTC(2026, 0, 1)) * 1_000n - FROM;

/**
 * The key of a post's record: the same on every attempt at a revision, so that any of them writes the same record. The lexicon
 * wants a TID there, a time in microseconds and ten bits of a clock; ours is drawn from 56 bits of a hash, and says nothing of
 * when it was.
 */
export function recordKey(edition: Edition, target: Target): string {
  const hash = BigInt(`0x${editionKey(edition, target).slice(0, 16)}`);
  let rest = ((FROM + ((hash >> 10n) % SPAN)) << 10n) | (hash & 1_023n);
  let key = '';
  for (let digit = 0; digit < LENGTH; digit += 1) {
    key = DIGITS.charAt(Number(rest & 31n)) + key;
    rest >>= 5n;
  }
  return key;
}
