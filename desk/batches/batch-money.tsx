import type { CostRow } from '../../contract/lists.js';
import { dollars, toNano, toUsd } from '../../contract/money/nano.js';
import type { BatchStatus } from '../../contract/status.js';

/** What a batch has spent of its budget, and what of it was of no use. */
export function BatchMoney({ batch, paid }: { batch: BatchStatus; paid: CostRow | null }) {
  const { costUsd, unknownUsd, budgetUsd, offline } = batch;
  const left = toNano(budgetUsd) - toNano(costUsd) - toNano(unknownUsd);
  // A charge is in the archive before its workflow has heard of it.
  const wasted = Math.min(paid?.wastedUsd ?? 0, costUsd);
  const rows: [string, string][] = [
    ...(costUsd > 0 ? [['Kept', dollars(toUsd(toNano(costUsd) - toNano(wasted)))] as [string, string]] : []),
    ...(wasted > 0 ? [['Wasted', dollars(wasted)] as [string, string]] : []),
    ...(unknownUsd > 0 ? [['Unknown', dollars(unknownUsd)] as [string, string]] : []),
    ['Left', left >= 0 ? dollars(toUsd(left)) : `${dollars(toUsd(-left))} over`],
  ];
  return (
    <div class="money">
      <p class="sum">
        {dollars(costUsd)} <span class="quiet">of {dollars(budgetUsd)}</span>
      </p>
      <MoneyMeter batch={batch} wasted={wasted} />
      <dl class="facts-list">
        {rows.map(([name, amount]) => (
          <div>
            <dt>{name}</dt>
            <dd class="number">{amount}</dd>
          </div>
        ))}
      </dl>
      {unknownUsd > 0 && (
        <p class="help">
          Unknown is the estimate of calls whose answer was lost. It counts against the budget.
        </p>
      )}
      {offline && (
        <p class="help">What stand-ins charge is held to the budget as a rehearsal. Nobody is paid.</p>
      )}
    </div>
  );
}

function MoneyMeter({ batch, wasted }: { batch: BatchStatus; wasted: number }) {
  const whole = Math.max(batch.budgetUsd, batch.costUsd + batch.unknownUsd) || 1;
  const share = (usd: number): number => (usd / whole) * 100;
  const kept = share(batch.costUsd - wasted);
  return (
    <svg class="meter" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="meter-rest" width="100" height="1" />
      <rect class="cost-kept" width={kept.toFixed(2)} height="1" />
      <rect class="cost-wasted" x={kept.toFixed(2)} width={share(wasted).toFixed(2)} height="1" />
      <rect
        class="cost-unknown"
        x={share(batch.costUsd).toFixed(2)}
        width={share(batch.unknownUsd).toFixed(2)}
        height="1"
      />
    </svg>
  );
}
