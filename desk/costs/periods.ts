/** The first day of what the costs are summed from, as people choose it. */
export interface CostPeriod {
  readonly label: string;
  /** A date of UTC; null for the very beginning. */
  readonly since: string | null;
}

const DAY_MS = 86_400_000;

/** What people ask for most: today is the last day of each. */
export function commonPeriods(now: Date): readonly CostPeriod[] {
  const daysAgo = (days: number): string => dateOf(new Date(now.getTime() - days * DAY_MS));
  return [
    { label: '7 days', since: daysAgo(6) },
    { label: '30 days', since: daysAgo(29) },
    { label: 'This month', since: `${dateOf(now).slice(0, 8)}01` },
    { label: 'All', since: null },
  ];
}

/** Its date in UTC, `2026-11-24`. */
export const dateOf = (time: Date): string => time.toISOString().slice(0, 10);
