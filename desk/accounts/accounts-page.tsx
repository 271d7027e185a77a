import { LivePart, RoomPage, type Viewer } from '../kit/room-page.js';
import type { AccountRow } from './account-routes.js';
import { ON_CHANGE } from '../kit/frame.js';
import { NoAccountYet } from '../kit/said.js';
import { accentOf } from '../kit/chip.js';
import { deskAccountPath, isHandle } from '../kit/addresses.js';
import { countWords } from '../../contract/states.js';
import { dollars, toUsd } from '../../contract/money/nano.js';
import type { Account } from '../../contract/account.js';

/** The first problems of a file, as many as a list has room for; the account's page has all. */
const FIRST = 5;

/** `/desk/accounts`: every account with how it does, and every file with what is wrong in it. */
export function AccountsPage({ viewer, rows }: { viewer: Viewer; rows: readonly AccountRow[] }) {
  return (
    <RoomPage {...viewer} title="Accounts" place="accounts">
      <LivePart path="/desk/accounts?part=list" on={ON_CHANGE}>
        <AccountLines rows={rows} />
      </LivePart>
      <p class="quiet">
        Programs start and decide too: <a href="/desk/api">the HTTP API</a>.
      </p>
    </RoomPage>
  );
}

/** The accounts themselves: the part of the page that is fetched again when a post or a batch changes. */
export function AccountLines({ rows }: { rows: readonly AccountRow[] }) {
  if (rows.length === 0) return <NoAccountYet />;
  return (
    <ul class="lines">
      {rows.map((row) => (
        <AccountLine row={row} />
      ))}
    </ul>
  );
}

function AccountLine({ row }: { row: AccountRow }) {
  const { handle, account, file, problems, counts, monthUsd } = row;
  const month = account?.budget.month ?? null;
  const name = account?.name ?? handle;
  return (
    <li id={`account-${handle}`} class="account-line">
      <span class={`monogram ${accentOf(handle)}`} aria-hidden="true">
        {[...name][0]?.toUpperCase()}
      </span>
      <div class="account-name">
        {isHandle(handle) ? <a href={deskAccountPath(handle)}>{name}</a> : <strong>{name}</strong>}
        <span class="quiet">
          @{handle}
          {account && ` · ${planners(account)}`}
          {account?.sample && ' · sample'}
        </span>
      </div>
      <span class="account-counts quiet">{countWords(counts) || 'no post yet'}</span>
      <span class="account-cost number">
        {dollars(monthUsd)}{' '}
        <span class="quiet">{month === null ? 'this month' : `of ${dollars(toUsd(month))} this month`}</span>
      </span>
      <span class="account-file">
        {problems.length > 0 && (
          <span class="chip chip-bad">
            {problems.length} {problems.length === 1 ? 'problem' : 'problems'}
          </span>
        )}
        {file === null && <span class="chip">no file</span>}
        {file !== null && problems.length === 0 && <span class="chip chip-good">no problems</span>}
      </span>
      {problems.length > 0 && file !== null && (
        <ProblemLines file={file} problems={problems.slice(0, FIRST)} />
      )}
    </li>
  );
}

function planners(account: Account): string {
  const count = Object.keys(account.planners).length;
  return `${count} ${count === 1 ? 'planner' : 'planners'}`;
}

/** What is wrong in a file, as `accounts check` says it. */
export function ProblemLines({ file, problems }: Pick<AccountRow, 'problems'> & { file: string }) {
  return (
    <ul class="plain problem-lines">
      {problems.map(({ line, field, message }) => (
        <li>
          <code>
            {file}:{line}
          </code>{' '}
          <strong>{field}</strong>: {message}
        </li>
      ))}
    </ul>
  );
}
