const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

export const LONGEST_MS = 365 * 86_400_000;

/** `30m`, `4h` or `3d` in ms; null for what is not a duration from a minute to 365 days. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,6})([mhd])$/.exec(text.trim());
  if (!match) return null;
  const ms = Number(match[1]) * UNIT_MS[match[2]!]!;
  return ms > 0 && ms <= LONGEST_MS ? ms : null;
}
