/** How many colours `base.css` has for accounts. */
export const ACCENTS = 8;

/**
 * The class of an account's own colour, `accent-0` to `accent-7`: the same for a handle on every page and every machine.
 * It is the handle's FNV-1a hash of 32 bits, folded, since the low bits alone differ too little between short names.
 */
export function accentOf(handle: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(handle)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return `accent-${((hash >>> 16) ^ hash) & (ACCENTS - 1)}`;
}
