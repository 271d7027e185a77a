import type { BatchStatus, PipelineRow } from '../../contract/status.js';
import type { BatchSummary, CostRow } from '../../contract/lists.js';
import { dollars, toNano, toUsd } from '../../contract/money/nano.js';
import { costParts, type Fact, FactRows, FigureHeads, Meter, type MeterPart } from '../kit/figures.js';
import { Chip, StateChip, type Tone, toneOf } from '../kit/chip.js';
import { SAMPLE } from '../../contract/sample-words.js';
import { clockTime, Time } from '../kit/time.js';
import type { PostState } from '../../contract/states.js';
import { waitsForPerson } from './batch-words.js';

/** Where a batch stands: one that does nothing until a person decides says so. */
export const BatchChip = ({ batch }: { batch: Pick<BatchSummary, 'status' | 'counts' | 'mix'> }) =>
  waitsForPerson(batch) ? <Chip word="waits for you" tone="wait" /> : <StateChip state={batch.status} />;

/** What a batch has spent of its budget, and what of it was of no use. */
export function BatchMoney({ batch, paid }: { batch: BatchStatus; paid: CostRow | null }) {
  const { costUsd, unknownUsd, budgetUsd, offline } = batch;
  const left = toNano(budgetUsd) - toNano(costUsd) - toNano(unknownUsd);
  // A charge is in the archive before its workflow has heard of it.
  const wasted = Math.min(paid?.wastedUsd ?? 0, costUsd);
  const facts: Fact[] = [];
  if (costUsd > 0) facts.push(['Kept', dollars(toUsd(toNano(costUsd) - toNano(wasted)))]);
  if (wasted > 0) facts.push(['Wasted', dollars(wasted)]);
  if (unknownUsd > 0) facts.push(['Unknown', dollars(unknownUsd)]);
  facts.push(['Left', left >= 0 ? dollars(toUsd(left)) : `${dollars(toUsd(-left))} over`]);
  const whole = Math.max(budgetUsd, costUsd + unknownUsd) || 1;
  return (
    <div class="money">
      <p class="sum">
        {dollars(costUsd)} <span class="quiet">of {dollars(budgetUsd)}</span>
      </p>
      <Meter parts={costParts({ kept: costUsd - wasted, wasted, unknown: unknownUsd }, whole)} />
      <FactRows facts={facts} numbers />
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

/** The plan of a batch: a row a page of at most 20 posts. */
export function PlanRows({ rows, zone, now }: { rows: readonly PipelineRow[]; zone: string; now: Date }) {
  return (
    <table class="figures">
      <FigureHeads words={['Plan', 'Model']} numbers={['Cost', 'Time']} />
      <tbody>
        {rows.map((row, index) => (
          <tr>
            <th scope="row">
              {planPart(rows, index)} <StateChip state={row.state} />
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

/** A plan of more than 20 posts is made in parts. */
const planPart = ({ length }: readonly unknown[], index: number): string =>
  length === 1 ? 'Whole plan' : `Part ${index + 1} of ${length}`;

type Counts = Readonly<Partial<Record<PostState, number>>>;

/** From what is done to what is over; the rest of the bar is not begun. */
const ORDER: readonly Tone[] = ['good', 'wait', 'work', 'bad', 'over'];

/** How far so many posts are, as the parts of a bar. */
export function countParts(counts: Counts, size: number): MeterPart[] {
  const all = Object.entries(counts);
  return ORDER.flatMap((tone) => {
    const count = all.reduce((sum, [state, n]) => (toneOf(state) === tone ? sum + n : sum), 0);
    return count === 0 ? [] : [[`meter-${tone}`, (count / Math.max(size, 1)) * 100]];
  });
}

/** How far so many posts are, as a bar. */
export const CountsBar = ({ counts, size }: { counts: Counts; size: number }) => (
  <Meter parts={countParts(counts, size)} />
);
