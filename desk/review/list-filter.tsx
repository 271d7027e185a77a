import { queueSearch, STATUS_CHOICES, type QueueQuery } from './queue-query.js';

/** Which posts the list shows: words, a state, an account, and the batch that a link named. */
export function ListFilter({ query, accounts }: { query: QueueQuery; accounts: readonly string[] }) {
  const { status, account, batch, q } = query;
  const known = account === undefined || accounts.includes(account) ? accounts : [...accounts, account];
  return (
    <form method="get" action="/desk" class="filter" role="search" aria-label="Posts">
      <div class="filter-words">
        <label class="hidden-text" for="q">
          Words in title, text or planner
        </label>
        <input id="q" name="q" type="search" value={q ?? ''} placeholder="Search" maxlength={200} />
        <button type="submit" class="plain-button">
          Search
        </button>
      </div>
      <div class="filter-choices">
        <label class="hidden-text" for="status">
          State
        </label>
        <select id="status" name="status">
          {STATUS_CHOICES.map((choice) => (
            <option value={choice.status} selected={choice.status === status}>
              {choice.words}
            </option>
          ))}
        </select>
        <label class="hidden-text" for="account">
          Account
        </label>
        <select id="account" name="account">
          <option value="">all accounts</option>
          {known.map((handle) => (
            <option value={handle} selected={handle === account}>
              @{handle}
            </option>
          ))}
        </select>
      </div>
      {batch !== undefined && (
        <p class="quiet">
          <input type="hidden" name="batch" value={batch} />
          Batch <a href={`/desk/batches/${batch}`}>{batch}</a> only ·{' '}
          <a href={`/desk${queueSearch({ ...query, batch: undefined, cursor: undefined, status: 'queue' })}`}>
            all batches
          </a>
        </p>
      )}
    </form>
  );
}
