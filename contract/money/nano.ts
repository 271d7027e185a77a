/**
 * Money is an integer of nano-USD (1e-9 USD) everywhere inside. A JavaScript integer is exact up to about nine million
 * dollars in that unit.
 */
export type Nano = number;

const NANO_PER_USD = 1_000_000_000;

/** Nano-USD as the JSON number of US dollars that the status documents carry (0.06 for 60,000,000). */
export const toUsd = (nano: Nano): number => nano / NANO_PER_USD;

/** The way back: what `toUsd` made, a status document or a message in US dollars, in nano-USD. */
export const toNano = (usd: number): Nano => Math.round(usd * NANO_PER_USD);

/**
 * US dollars as a person or a file writes them, in nano-USD.
 *
 * @returns the amount, or null when the text is not a plain decimal of 0 or more with at most nine decimals and at most
 *   a million dollars.
 */
export function parseUsd(text: string): Nano | null {
  const match = /^(\d{1,7})(?:\.(\d{1,9}))?$/.exec(text.trim());
  if (!match) return null;
  const nano = Number(match[1]) * NANO_PER_USD + Number((match[2] ?? '').padEnd(9, '0'));
  return nano <= 1_000_000 * NANO_PER_USD ? nano : null;
}

/** An amount for a person: `$0.06`, and four decimals under a cent: `$0.0042`. Rounded half up. */
export function formatUsd(nano: Nano): string {
  if (nano === 0) return '$0.00';
  const decimals = nano < NANO_PER_USD / 100 ? 4 : 2;
  const unit = NANO_PER_USD / 10 ** decimals;
  const steps = Math.floor(nano / unit + 0.5);
  if (steps === 0) return '<$0.0001';
  return `$${Math.floor(steps / 10 ** decimals)}.${String(steps % 10 ** decimals).padStart(decimals, '0')}`;
}

export const sumNano = (amounts: readonly Nano[]): Nano => amounts.reduce((sum, amount) => sum + amount, 0);

/** US dollars of a status document for a person, as `formatUsd` has them. */
export const dollars = (usd: number): string => formatUsd(toNano(usd));
