import type { BatchPage } from '../../contract/lists.js';
import { mixSize } from '../../contract/mix.js';
import { dollars } from '../../contract/money/nano.js';
import { SAMPLE } from '../../contract/sample-words.js';
import { StateChip } from '../kit/chip.js';
import { age, Time } from '../kit/time.js';
import { batchPath, mixLine, plannerWords } from './batch-words.js';
import { CountsBar } from './counts-bar.js';
import { countWords } from '../../contract/states.js';

export interface BatchListProps {
  readonly page: BatchPage;
  /** The address of the page after this one; null for the last one. */
  readonly older: string | null;
  /** Whether the page says already that all of it is a sample. */
  readonly offline: boolean;
  readonly now: Date;
}

/** A page of batches, newest first: the part of its page that is fetched again when one changes. */
export function BatchList({ page: { batches }, older, offline, now }: BatchListProps) {
  return (
    <>
      <ul class="lines">
        {batches.map((batch) => (
          <li id={`batch-${batch.id}`} class="batch-line">
            <div class="batch-name">
              <a href={batchPath(batch.id)}>{plannerWords(batch.planner)}</a>
              <span class="quiet">
                @{batch.account} · <code>{batch.id}</code>
                {batch.offline && !offline && ` · ${SAMPLE}`}
              </span>
            </div>
            <span class="batch-state">
              <StateChip state={batch.status} />
            </span>
            <span class="batch-mix">{mixLine(batch.mix)}</span>
            <div class="batch-counts">
              <CountsBar counts={batch.counts} size={mixSize(batch.mix)} />
              <span class="quiet">{countWords(batch.counts) || 'no post yet'}</span>
            </div>
            <span class="batch-cost number">
              {dollars(batch.costUsd)} <span class="quiet">of {dollars(batch.budgetUsd)}</span>
            </span>
            <span class="batch-age quiet">
              <Time iso={batch.createdAt} text={age(batch.createdAt, now)} />
            </span>
          </li>
        ))}
      </ul>
      {older !== null && (
        <p class="pager">
          <a href={older} rel="next">
            Older batches
          </a>
        </p>
      )}
    </>
  );
}
