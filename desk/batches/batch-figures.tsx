import type { CostRow } from '../../contract/lists.js';
import { dollars, toNano, toUsd } from '../../contract/money/nano.js';
import { SAMPLE } from '../../contract/sample-words.js';
import type { PostState } from '../../contract/states.js';
import type { BatchStatus, PipelineRow } from '../../contract/status.js';
import { StateChip, type Tone, toneOf } from '../kit/chip.js';
import { clockTime, Time } from '../kit/time.js';

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

/** The plan of a batch: a row a page of at most 20 posts. */
export function PlanRows({ rows, zone, now }: { rows: readonly PipelineRow[]; zone: string; now: Date }) {
  return (
    <table class="figures">
      <thead>
        <tr>
          <th scope="col">Plan</th>
          <th scope="col">Model</th>
          <th scope="col" class="number">
            Cost
          </th>
          <th scope="col" class="number">
            Time
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr>
            <th scope="row">
              Page {index + 1} <StateChip state={row.state} />
              {row.note && <span class="under">{row.note}</span>}
            </th>
            <td>
              {[row.provider, row.model, row.offline ? SAMPLE : null]
                .filter((part) => part !== null)
                .join(' · ')}
              {row.attempts > 1 && <span class="under">{row.attempts} attempts</span>}
            </td>
            <td class="number">{row.costUsd > 0 && dollars(row.costUsd)}</td>
            <td class="number">
              {row.apiSeconds !== null && `${row.apiSeconds.toFixed(1)} s`}
              {row.at !== null && (
                <span class="under">
                  <Time iso={row.at} text={clockTime(row.at, zone, now)} zone={zone} />
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Counts = Readonly<Partial<Record<PostState, number>>>;

/** A part of a bar, in hundredths of it. */
interface Segment {
  readonly tone: Tone;
  readonly from: number;
  readonly length: number;
}

/** From what is done to what is over; the rest of the bar is not begun. */
const ORDER: readonly Tone[] = ['good', 'wait', 'work', 'bad', 'over'];

/** How far so many posts are, as the parts of a bar. */
export function segmentsOf(counts: Counts, size: number): Segment[] {
  const whole = Math.max(size, 1);
  let from = 0;
  return ORDER.flatMap((tone) => {
    const count = Object.entries(counts).reduce(
      (sum, [state, n]) => (toneOf(state) === tone ? sum + n : sum),
      0,
    );
    if (count === 0) return [];
    const segment = { tone, from, length: (count / whole) * 100 };
    from += segment.length;
    return [segment];
  });
}

/** How far so many posts are, as a bar; the words beside it say the same. */
export function CountsBar({ counts, size }: { counts: Counts; size: number }) {
  return (
    <svg class="meter" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="meter-rest" width="100" height="1" />
      {segmentsOf(counts, size).map(({ tone, from, length }) => (
        <rect class={`meter-${tone}`} x={from.toFixed(2)} width={length.toFixed(2)} height="1" />
      ))}
    </svg>
  );
}
