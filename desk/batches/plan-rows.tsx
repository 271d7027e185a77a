import { dollars } from '../../contract/money/nano.js';
import { SAMPLE } from '../../contract/sample-words.js';
import type { PipelineRow } from '../../contract/status.js';
import { StateChip } from '../kit/chip.js';
import { clockTime, Time } from '../kit/time.js';

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
