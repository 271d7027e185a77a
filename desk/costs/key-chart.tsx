import type { CostRow } from '../../contract/lists.js';
import { dollars } from '../../contract/money/nano.js';

/** As many rows as a chart can tell apart; the table has all. */
const MOST_BARS = 12;

/** What was spent by account, planner, model or step, as bars: kept, then wasted, then unknown. */
export function KeyChart({ rows, label }: { rows: readonly CostRow[]; label: (key: string) => string }) {
  const shown = rows.slice(0, MOST_BARS);
  const most = Math.max(...shown.map((row) => row.costUsd + row.unknownUsd)) || 1;
  return (
    <figure class="chart">
      <ol class="bars">
        {shown.map((row) => (
          <li>
            <span class="bar-name">{label(row.key)}</span>
            <Bar row={row} most={most} />
            <span class="number">{dollars(row.costUsd)}</span>
          </li>
        ))}
      </ol>
      {rows.length > shown.length && (
        <figcaption class="quiet">The {MOST_BARS} dearest; the table below has all.</figcaption>
      )}
    </figure>
  );
}

function Bar({ row, most }: { row: CostRow; most: number }) {
  const share = (usd: number): string => ((usd / most) * 100).toFixed(2);
  const { costUsd, wastedUsd, unknownUsd } = row;
  return (
    <svg class="meter" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="meter-rest" width="100" height="1" />
      <rect class="cost-kept" width={share(costUsd - wastedUsd)} height="1" />
      <rect class="cost-wasted" x={share(costUsd - wastedUsd)} width={share(wastedUsd)} height="1" />
      <rect class="cost-unknown" x={share(costUsd)} width={share(unknownUsd)} height="1" />
    </svg>
  );
}
