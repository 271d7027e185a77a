import { BatchNow, type BatchNowProps } from './batch-now.js';
import { LivePart, RoomPage, RunLink, type Viewer } from '../kit/room-page.js';
import { accountPath, type TemporalUi } from '../kit/addresses.js';
import type { Account } from '../../contract/account.js';
import { BATCHES_PATH, batchPath, mixLine, plannerWords } from './batch-words.js';
import { ago, Time } from '../kit/time.js';
import { batchWorkflowId } from '../../contract/ids.js';
import { isBatchFinal } from '../../contract/states.js';
import { dollars, toUsd } from '../../contract/money/nano.js';

export interface BatchPageProps extends BatchNowProps {
  readonly viewer: Viewer;
  readonly temporalUi: TemporalUi | null;
  /** As its file is now; null without one. */
  readonly account: Account | null;
  /** What the form that was sent did; null for a page that is only looked at. */
  readonly said: string | null;
  /** Why it did nothing. */
  readonly problem: string | null;
  /** The address that answers the part that changes. */
  readonly part: string;
}

/** `/desk/batches/<id>`: one batch, live, with what a person can tell it. */
export function BatchDetail(props: BatchPageProps) {
  const { batch, viewer, temporalUi, said, problem, part, zone, now } = props;
  return (
    <RoomPage
      {...viewer}
      title={plannerWords(batch.planner)}
      place="batches"
      offline={batch.offline}
      said={said}
      problem={problem}
      trail={
        <>
          <a href={BATCHES_PATH}>Batches</a> / <code>{batch.id}</code>
        </>
      }
      about={
        <p class="quiet">
          <a href={accountPath(batch.account)}>@{batch.account}</a> · {mixLine(batch.mix)} · started{' '}
          <Time iso={batch.createdAt} text={ago(batch.createdAt, now)} zone={zone} />
          <RunLink ui={temporalUi} workflowId={batchWorkflowId(batch.id)} />
        </p>
      }
      actions={props.canDecide && !isBatchFinal(batch.status) && <BudgetForm {...props} />}
    >
      {batch.brief !== null && (
        <blockquote class="brief">
          <p>{batch.brief}</p>
        </blockquote>
      )}
      {batch.repeat !== undefined && (
        <p>
          <span class="key">Why it may repeat a post</span> {batch.repeat}
        </p>
      )}
      <LivePart path={part} on="sse:batch delay:200ms">
        <BatchNow {...props} />
      </LivePart>
      <p class="quiet special">
        <span class="key">Instruction to the planner</span> {batch.specialMessage}
      </p>
    </RoomPage>
  );
}

/** Outside the part that is fetched again, so that an amount that is being typed stays. */
function BudgetForm({ batch, account }: BatchPageProps) {
  const month = account?.budget.month ?? null;
  return (
    <details class="budget">
      <summary class="button plain-button">Budget</summary>
      <form class="form line-form" method="post" action={`${batchPath(batch.id)}/budget`}>
        <div class="field">
          <label for="usd">The most in US dollars, what is spent included</label>
          <input
            id="usd"
            name="usd"
            inputmode="decimal"
            autocomplete="off"
            value={String(batch.budgetUsd)}
            required
          />
        </div>
        {month !== null && (
          <div class="field">
            <label for="of">That is the budget of</label>
            <select id="of" name="of">
              <option value="batch">this batch</option>
              <option value="month">
                @{batch.account}'s month, as far as this batch goes ({dollars(toUsd(month))} in its file)
              </option>
            </select>
          </div>
        )}
        <button type="submit" class="plain-button">
          Set budget
        </button>
        <p class="help">Posts that the old budget blocked continue once you press Resume.</p>
      </form>
    </details>
  );
}
