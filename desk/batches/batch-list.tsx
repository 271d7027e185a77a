import type { Person } from '../http/session.js';
import { type BarCounts, Frame } from '../kit/frame.js';
import type { BatchPage } from '../../contract/lists.js';
import { batchPath, mixLine, plannerWords } from './batch-words.js';
import { SAMPLE } from '../../contract/sample-words.js';
import { StateChip } from '../kit/chip.js';
import { CountsBar } from './batch-figures.js';
import { mixSize } from '../../contract/mix.js';
import { countWords } from '../../contract/states.js';
import { dollars } from '../../contract/money/nano.js';
import { age, Time } from '../kit/time.js';

interface BatchListPageProps extends BatchListProps {
  readonly person: Person;
  readonly counts: BarCounts;
  /** Of one account only; null for all. */
  readonly account: string | null;
  /** Not the first page. */
  readonly isOlder: boolean;
  /** The address that answers the list alone. */
  readonly part: string;
}

/** `/desk/batches`: every batch, or those of an account, newest first. */
export function BatchListPage(props: BatchListPageProps) {
  const { person, counts, account, isOlder, part, page, offline } = props;
  const isEmpty = page.batches.length === 0;
  const startAt = account === null ? '/desk/batches/new' : `/desk/batches/new?account=${account}`;
  return (
    <Frame
      title="Batches"
      person={person}
      counts={counts}
      place="batches"
      offline={offline}
      styles={['rooms.css']}
    >
      <main id="main" class="room">
        <header class="room-head">
          <h1>{account === null ? 'Batches' : `Batches of @${account}`}</h1>
          {person.role === 'editor' && (
            <a class="button" href={startAt}>
              New batch
            </a>
          )}
        </header>
        {account !== null && (
          <p class="quiet">
            <a href="/desk/batches">All batches</a>
          </p>
        )}
        {isEmpty && !isOlder && (
          <p class="empty">
            No batch yet. A batch plans, drafts and illustrates a number of posts; nothing is published before
            you approve it.
          </p>
        )}
        {isOlder && (
          <p>
            <a href="/desk/batches">The newest batches</a>
          </p>
        )}
        <div hx-get={part} hx-trigger="sse:batch delay:200ms" hx-swap="morph:innerHTML">
          <BatchList {...props} />
        </div>
      </main>
    </Frame>
  );
}

interface BatchListProps {
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
