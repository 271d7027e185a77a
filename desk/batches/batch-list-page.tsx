import { Frame, type BarCounts } from '../kit/frame.js';
import type { Person } from '../safety/session.js';
import { BatchList, type BatchListProps } from './batch-list.js';

export interface BatchListPageProps extends BatchListProps {
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
