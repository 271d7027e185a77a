import type { Child } from 'hono/jsx';
import type { Person } from '../http/session.js';
import type { AccountRow } from './account-routes.js';
import type { BatchSummary } from '../../contract/lists.js';
import { LivePart, RoomPage, type Viewer } from '../kit/room-page.js';
import { batchPath, mixLine, NEW_BATCH_PATH, plannerWords } from '../batches/batch-words.js';
import { accountPath, deskAccountPath } from '../kit/addresses.js';
import { chatListPath, questionsPath } from '../chats/chat-words.js';
import { ON_CHANGE } from '../kit/frame.js';
import { ProblemLines } from './accounts-page.js';
import type { Account } from '../../contract/account.js';
import { FactRows, Meter } from '../kit/figures.js';
import {
  budgetFacts,
  formatFacts,
  modelFacts,
  reviewFacts,
  slotFacts,
  styleFacts,
  webhookFacts,
} from './account-facts.js';
import { StateChip } from '../kit/chip.js';
import { age, Time } from '../kit/time.js';
import { countWords } from '../../contract/states.js';
import { calendarPath } from '../calendar/read-calendar.js';
import { deliveriesPath } from './deliveries.js';
import { dollars, toUsd } from '../../contract/money/nano.js';

interface AccountNowProps {
  readonly person: Person;
  readonly row: AccountRow;
  /** Its newest. */
  readonly batches: readonly BatchSummary[];
  readonly now: Date;
}

/** `/desk/accounts/<handle>`: an account's file as a page to read. */
export function AccountPage(props: Omit<AccountNowProps, 'person'> & { viewer: Viewer }) {
  const { viewer, row } = props;
  const { person } = viewer;
  const { handle, account, file } = row;
  return (
    <RoomPage
      {...viewer}
      title={account?.name ?? handle}
      heading={account?.name ?? `@${handle}`}
      place="accounts"
      trail={
        <>
          <a href="/desk/accounts">Accounts</a> / @{handle}
        </>
      }
      about={account && <p class="bio">{account.bio}</p>}
      actions={
        account &&
        file !== null &&
        person.role === 'editor' && (
          <a class="button" href={`${NEW_BATCH_PATH}?account=${handle}`}>
            New batch
          </a>
        )
      }
    >
      <p class="links">
        <a href={accountPath(handle)}>Public page</a>
        <a href={`/desk?account=${handle}`}>Posts at the desk</a>
        <a href={`/desk/batches?account=${handle}`}>Batches</a>
        <a href={chatListPath({ account: handle })}>Chats</a>
        <a href={questionsPath(handle)}>Questions without an answer</a>
      </p>
      <LivePart path={`${deskAccountPath(handle)}?part=now`} on={ON_CHANGE}>
        <AccountNow {...props} person={person} />
      </LivePart>
    </RoomPage>
  );
}

/** The file and how the account does: the part of the page that is fetched again when a post or a batch changes. */
export function AccountNow(props: AccountNowProps) {
  const { account, file, problems } = props.row;
  return (
    <>
      <FileState file={file} problems={problems} />
      {account && <Profile {...props} account={account} />}
    </>
  );
}

function FileState({ file, problems }: Pick<AccountRow, 'file' | 'problems'>) {
  if (file === null)
    return (
      <p class="help">
        Its file is gone: this is how its last batch kept it. Nothing new can be started without a file.
      </p>
    );
  if (problems.length === 0)
    return (
      <p class="help">
        From <code>{file}</code>, which is right. A change in it counts from the next batch on.
      </p>
    );
  return (
    <div class="problem">
      <p>
        <strong>
          {problems.length === 1 ? 'One problem keeps' : `${problems.length} problems keep`} this file from
          being used.
        </strong>
      </p>
      <ProblemLines file={file} problems={problems} />
    </div>
  );
}

function Profile({ account, row, batches, person, now }: AccountNowProps & { account: Account }) {
  const canStart = row.file !== null && person.role === 'editor';
  return (
    <div class="columns">
      <div>
        <Section title="Planners">
          {Object.entries(account.planners).map(([name, { covers, guidance }]) => (
            <div class="planner">
              <h3>
                {plannerWords(name)}{' '}
                {canStart && (
                  <a href={`${NEW_BATCH_PATH}?account=${account.handle}&planner=${name}`}>
                    Start<span class="hidden-text"> a batch of {plannerWords(name)}</span>
                  </a>
                )}
              </h3>
              <p>{covers}</p>
              <details>
                <summary>Guidance</summary>
                <p class="file-text">{guidance}</p>
              </details>
            </div>
          ))}
        </Section>
        <Section title="Voice">
          <p class="file-text">{account.voice}</p>
        </Section>
        <Section title="Look">
          <p class="file-text">{account.look}</p>
        </Section>
      </div>
      <div class="side">
        <Section title="Budgets">
          <MonthMeter account={account} monthUsd={row.monthUsd} />
          <FactRows facts={budgetFacts(account)} />
        </Section>
        <Section title="Recent batches">
          {batches.length === 0 && <p class="quiet">None yet.</p>}
          <ul class="plain recent">
            {batches.map((batch) => (
              <li>
                <a href={batchPath(batch.id)}>{plannerWords(batch.planner)}</a>{' '}
                <StateChip state={batch.status} />
                <span class="under">
                  {mixLine(batch.mix)} ·{' '}
                  <Time iso={batch.createdAt} text={age(batch.createdAt, now)} zone={account.timeZone} />
                </span>
              </li>
            ))}
          </ul>
          <p class="quiet">{countWords(row.counts) || 'No post yet.'}</p>
        </Section>
        <Section title="Review">
          <FactRows facts={reviewFacts(account)} />
        </Section>
        <Section title="Slots">
          {!account.slots && <p class="quiet">None: a post goes out once it is approved.</p>}
          <FactRows facts={slotFacts(account)} />
          <p>
            <a href={calendarPath({ account: account.handle, view: 'week' })}>Calendar</a>
          </p>
        </Section>
        <Section title="Published to">
          <p>{account.targets.map(({ name }) => name).join(', ')}</p>
        </Section>
        <Section title="Webhooks">
          {(account.webhooks ?? []).length === 0 && <p class="quiet">Nobody is told.</p>}
          <FactRows facts={webhookFacts(account)} />
          <p>
            <a href={deliveriesPath(account.handle)}>Deliveries</a>
          </p>
        </Section>
        <Section title="House style">
          <FactRows facts={styleFacts(account)} />
        </Section>
        <Section title="Models">
          <FactRows facts={modelFacts(account)} />
        </Section>
        <Section title="Formats">
          <FactRows facts={formatFacts()} />
        </Section>
        <Section title="Pages">
          <FactRows
            facts={[
              ['Record', account.record === 'public' ? 'whole, for everybody' : 'for the signed-in only'],
              ['Time zone', account.timeZone],
              ['Language', account.language],
            ]}
          />
        </Section>
      </div>
    </div>
  );
}

function Section({ title, children }: { title: string; children?: Child }) {
  const id = `${title.toLowerCase().replaceAll(' ', '-')}-head`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function MonthMeter({ account, monthUsd }: { account: Account; monthUsd: number }) {
  const month = account.budget.month ?? null;
  const limit = month === null ? null : toUsd(month);
  return (
    <>
      <p class="sum">
        {dollars(monthUsd)}{' '}
        <span class="quiet">{limit === null ? 'this month' : `of ${dollars(limit)} this month`}</span>
      </p>
      {limit !== null && <Meter parts={[['cost-kept', Math.min(100, (monthUsd / (limit || 1)) * 100)]]} />}
    </>
  );
}
