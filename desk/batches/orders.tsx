import type { DeskDeps } from '../deps.js';
import type { BatchStatus } from '../../contract/status.js';
import {
  approveWaiting,
  cancelBatch,
  pauseBatch,
  resumeBatch,
  setBatchBudget,
} from '../../client/batch-orders.js';
import { dollars, parseUsd, toUsd } from '../../contract/money/nano.js';
import { UsageError } from '../../contract/errors.js';
import { isBatchFinal, isFinal } from '../../contract/states.js';
import { batchPath, countPosts, plannerWords } from './batch-words.js';
import type { Viewer } from '../kit/room-page.js';
import { ConfirmPage } from '../kit/confirm-page.js';

/** What a form tells a batch: the last part of its address. */
export const ORDERS = ['approve', 'pause', 'resume', 'budget', 'cancel'] as const;
type OrderName = (typeof ORDERS)[number];

const REASON_LIMIT = 500;

/**
 * Tells a batch what a form says, and waits up to 10 seconds until it shows.
 *
 * @returns the batch's status after it
 * @throws UsageError for a field that can't be used, RefusedError and the client's other errors
 */
export async function giveOrder(
  batches: DeskDeps['batches'],
  id: string,
  { name, by, texts }: { name: OrderName; by: string; texts: Readonly<Record<string, string>> },
): Promise<BatchStatus> {
  switch (name) {
    case 'approve':
      return approveWaiting(batches, id, { by });
    case 'pause':
      return pauseBatch(batches, id, { by });
    case 'resume':
      return resumeBatch(batches, id, { by });
    case 'cancel': {
      const reason = (texts.reason ?? '').trim().slice(0, REASON_LIMIT);
      return cancelBatch(batches, id, { by, ...(reason !== '' && { reason }) });
    }
    case 'budget': {
      const usd = parseUsd((texts.usd ?? '').replace(/^\s*\$/, ''));
      if (usd === null)
        throw new UsageError(
          'usd',
          'A budget is an amount in US dollars from 0 to 1000000, such as 5 or 2.50.',
        );
      return setBatchBudget(batches, id, {
        by,
        usd: toUsd(usd),
        ...(texts.of === 'month' && { of: 'month' }),
      });
    }
  }
}

/** What a page says after an order, or after its start, in words of ours: `done` comes from an address. */
export function saidOf(done: string | undefined, batch: BatchStatus): string | null {
  switch (done) {
    case 'start':
      return 'Started. Its posts stand here as they are made.';
    case 'started-before':
      return 'This form has started this batch already; nothing was started again.';
    case 'approve':
      return 'Approved: what waited is on its way to publication.';
    case 'pause':
      return 'Paused: what is being made is finished, and nothing new is begun.';
    case 'resume':
      return 'Resumed.';
    case 'budget':
      return `Its budget is ${dollars(batch.budgetUsd)}.`;
    case 'budget-month':
      return "The account's budget of the month is set, as far as this batch goes.";
    case 'cancel':
      return 'Cancelled, with its posts that were not published.';
    default:
      return null;
  }
}

/** What an editor may tell a batch just now; `null` for nothing. */
interface BatchActions {
  /** How many posts wait for a person. */
  readonly approve: number;
  readonly pause: boolean;
  readonly resume: boolean;
  readonly cancel: boolean;
}

/** The orders that a batch takes in its state. */
function actionsOf({ status, posts: all }: BatchStatus): BatchActions {
  const isFinal = isBatchFinal(status);
  const has = (state: string): number => all.filter((post) => post.status === state).length;
  return {
    approve: isFinal ? 0 : has('awaiting_approval'),
    pause: status === 'planning' || status === 'running',
    resume: !isFinal && (status === 'paused' || status === 'blocked' || has('blocked') > 0),
    cancel: !isFinal,
  };
}

/** The buttons of a batch. Each posts to an address of its own; to approve all and to cancel asks on a page first. */
export function ActionButtons({ batch }: { batch: BatchStatus }) {
  const path = batchPath(batch.id);
  const { approve, pause, resume, cancel } = actionsOf(batch);
  return (
    <div class="buttons">
      {approve > 0 && (
        <form id="approve-all" method="get" action={`${path}/approve`}>
          <button type="submit" class="approve" aria-describedby="approve-all-help">
            Approve all
          </button>
          <span id="approve-all-help" class="quiet">
            {countPosts(approve)} {approve === 1 ? 'waits' : 'wait'}
          </span>
        </form>
      )}
      {resume && (
        <form id="resume" method="post" action={`${path}/resume`}>
          <button type="submit" class={approve > 0 ? 'plain-button' : undefined}>
            Resume
          </button>
        </form>
      )}
      {pause && (
        <form id="pause" method="post" action={`${path}/pause`}>
          <button type="submit" class="plain-button">
            Pause
          </button>
        </form>
      )}
      {cancel && (
        <a id="cancel" class="button plain-button danger" href={`${path}/cancel`}>
          Cancel batch
        </a>
      )}
    </div>
  );
}

/** `/desk/batches/<id>/cancel`: asks before a batch is cancelled for good. */
export function CancelPage({ batch, viewer }: { batch: BatchStatus; viewer: Viewer }) {
  const unpublished = batch.posts.filter((post) => !isFinal(post.status)).length;
  const published = batch.counts.published ?? 0;
  return (
    <ConfirmPage
      {...viewer}
      title="Cancel batch"
      place="batches"
      question="Cancel this batch?"
      action={`${batchPath(batch.id)}/cancel`}
      back={batchPath(batch.id)}
      fields={<ReasonField />}
    >
      <p>
        <strong>{plannerWords(batch.planner)}</strong> of @{batch.account}, batch <code>{batch.id}</code>.{' '}
        {countPosts(unpublished)} {unpublished === 1 ? 'is' : 'are'} cancelled for good, and nothing more is
        made.
        {published > 0 && ` What is published stays: ${countPosts(published)}.`} What was paid stays paid.
      </p>
    </ConfirmPage>
  );
}

function ReasonField() {
  return (
    <div class="field">
      <label for="reason">
        Reason <span class="quiet">(optional, for the record)</span>
      </label>
      <input id="reason" name="reason" maxlength={500} autocomplete="off" />
    </div>
  );
}
