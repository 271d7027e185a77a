import type { BatchPage } from '../../contract/lists.js';
import { LivePart, OlderLink, RoomPage, type Viewer } from '../kit/room-page.js';
import { BATCHES_PATH, batchPath, mixLine, NEW_BATCH_PATH, plannerWords } from './batch-words.js';
import { SAMPLE } from '../../contract/sample-words.js';
import { BatchChip, CountsBar } from './batch-figures.js';
import { mixSize } from '../../contract/mix.js';
import { countWords } from '../../contract/states.js';
import { dollars } from '../../contract/money/nano.js';
import { age, Time } from '../kit/time.js';

interface BatchListProps {
  readonly page: BatchPage;
  /** The address of the page after this one; null for the last one. */
  readonly older: string | null;
  /** Whether the page says already that all of it is a sample. */
  readonly offline: boolean;
  readonly now: Date;
}

interface BatchListPageProps extends BatchListProps {
  readonly viewer: Viewer;
  /** Of one account only; null for all. */
  readonly account: string | null;
  /** Not the first page. */
  readonly isOlder: boolean;
  /** The address that answers the list alone. */
  readonly part: string;
}

/** `/desk/batches`: every batch, or those of an account, newest first. */
export function BatchListPage(props: BatchListPageProps) {
  const { viewer, account, isOlder, part, page, offline } = props;
  const startAt = account === null ? NEW_BATCH_PATH : `${NEW_BATCH_PATH}?account=${account}`;
  return (
    <RoomPage
      {...viewer}
      title="Batches"
      heading={account === null ? undefined : `Batches of @${account}`}
      place="batches"
      offline={offline}
      actions={
        viewer.person.role === 'editor' && (
          <a class="button" href={startAt}>
            New batch
          </a>
        )
      }
    >
      {account !== null && (
        <p class="quiet">
          <a href={BATCHES_PATH}>All batches</a>
        </p>
      )}
      {page.batches.length === 0 && !isOlder && (
        <p class="empty">
          No batch yet. A batch plans, drafts and illustrates a number of posts; nothing is published before
          you approve it.
        </p>
      )}
      {isOlder && (
        <p>
          <a href={BATCHES_PATH}>The newest batches</a>
        </p>
      )}
      <LivePart path={part} on="sse:batch delay:200ms">
        <BatchList {...props} />
      </LivePart>
    </RoomPage>
  );
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
              <BatchChip batch={batch} />
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
      <OlderLink path={older}>Older batches</OlderLink>
    </>
  );
}
