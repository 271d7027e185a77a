import { type CostView, costsPath } from './cost-view.js';
import { DAY_MS, dateOf } from './day-columns.js';

interface CostFiltersProps {
  readonly view: CostView;
  /** The handles that the page may be kept to. */
  readonly accounts: readonly string[];
  readonly now: Date;
}

/** Whose costs, and since when. */
export function CostFilters({ view, accounts, now }: CostFiltersProps) {
  return (
    <div class="period">
      {accounts.length > 1 && (
        <nav class="choices" aria-label="Account">
          {[null, ...accounts].map((account) => (
            <a
              class="choice"
              href={costsPath({ ...view, account })}
              aria-current={account === view.account ? 'true' : undefined}
            >
              {account === null ? 'All accounts' : `@${account}`}
            </a>
          ))}
        </nav>
      )}
      <nav class="choices" aria-label="Period">
        {commonPeriods(now).map(({ label, since }) => (
          <a
            class="choice"
            href={costsPath({ ...view, since })}
            aria-current={since === view.since ? 'true' : undefined}
          >
            {label}
          </a>
        ))}
      </nav>
      <form class="line-form" method="get" action="/desk/costs">
        {(['by', 'account', 'money'] as const).map(
          (name) => view[name] !== null && <input type="hidden" name={name} value={view[name]} />,
        )}
        <label for="since">Since</label>
        <input id="since" name="since" type="date" value={view.since?.slice(0, 10) ?? ''} max={dateOf(now)} />
        <button type="submit" class="plain-button">
          Show
        </button>
      </form>
    </div>
  );
}

/** The first day of what the costs are summed from, as people choose it. */
interface CostPeriod {
  readonly label: string;
  /** A date of UTC; null for the very beginning. */
  readonly since: string | null;
}

/** What people ask for most: today is the last day of each. */
function commonPeriods(now: Date): readonly CostPeriod[] {
  const daysAgo = (days: number): string => dateOf(new Date(now.getTime() - days * DAY_MS));
  return [
    { label: '7 days', since: daysAgo(6) },
    { label: '30 days', since: daysAgo(29) },
    { label: 'This month', since: `${dateOf(now).slice(0, 8)}01` },
    { label: 'All', since: null },
  ];
}
