import type { ReviewEntry } from '../../contract/status.js';
import { Time } from '../shared/layout.js';

interface ReviewProps {
  readonly review: readonly ReviewEntry[];
  readonly time: (iso: string) => string;
}

/** Who decided what, when, and on which revision. */
export function DecisionList({ review, time }: ReviewProps) {
  return (
    <>
      {review.length === 0 && <p class="quiet">No decision yet.</p>}
      <ul class="plain rows">
        {review.map((entry) => (
          <li>
            <p>
              <strong>{entry.decision}</strong> by {entry.by} <span class="quiet">{detail(entry)}</span>{' '}
              <Time iso={entry.at} text={time(entry.at)} />
            </p>
            {entry.note !== null && <p class="prose">{entry.note}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

function detail(entry: ReviewEntry): string {
  const gate = entry.gate === null ? '' : ` · gate ${entry.gate}`;
  return `revision ${entry.revision}${gate}${entry.counted ? '' : ' · not counted'}`;
}
