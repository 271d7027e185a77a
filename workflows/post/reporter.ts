import {
  CancellationScope,
  setCurrentDetails,
  upsertSearchAttributes,
  CancelledFailure,
} from '@temporalio/workflow';
import { knownNano, type Charge } from '../../contract/money/charge.js';
import { toUsd } from '../../contract/money/nano.js';
import { costUsd, postStatusKey } from '../../contract/search-attributes.js';
import { isAtWork, type PostState, isFinal } from '../../contract/states.js';
import { archive } from '../activities.js';
import { partOf, type Cell } from '../cell.js';
import { correctCharges } from '../paid/row.js';
import { countRecord, createRecorder } from '../recorder.js';
import { hearsOf, type WebhookEvent } from '../../contract/webhooks.js';
import { postDetails } from './details.js';
import { eventOf, targetFailureEvent, reminderOf } from './events.js';
import { chargesIn } from './state/rows.js';
import type { Post } from './state/state.js';
import { postReport, postStatus, forgetRevisions, revisionsToRecord } from './status.js';
import { enterStatus } from './state/decisions.js';

export type PostReporter = ReturnType<typeof createPostReporter>;

/** Makes known where a post stands: to the Temporal UI, to its batch, and to the archive. */
export function createPostReporter(post: Cell<Post>) {
  const saves = new Set<Promise<void>>();
  let isUnrecorded = false;
  /** What receivers of the account have not been told. */
  let untold: WebhookEvent[] = [];
  const tell = (event: WebhookEvent | null): void => {
    const { webhooks = [] } = post.value.input.account;
    if (event && webhooks.some((webhook) => hearsOf(webhook, event.type))) untold.push(event);
  };
  let isBatchUntold = false;
  /** The state that Temporal's lists show. */
  let listed: PostState = 'drafting';
  const save = async (): Promise<void> => {
    isUnrecorded = false;
    const tellsBatch = isBatchUntold;
    isBatchUntold = false;
    const events = untold;
    untold = [];
    const stored = await CancellationScope.nonCancellable(() => record(post, tellsBatch, events));
    const rows = partOf(partOf(post, 'work'), 'rows');
    const before = rows.value;
    rows.change((now) => correctCharges(now, stored));
    if (rows.value !== before) notifyBatch();
  };
  const recorder = createRecorder(save);
  const notifyBatch = (): void => {
    isBatchUntold = true;
    // The record under way may wait for an archive that is away; the batch hears of this at once all the same.
    if (recorder.isBusy()) keepUntilDone(saves, save());
    else recorder.note();
  };
  const show = (): void => {
    const { input } = post.value;
    setCurrentDetails(postDetails(postStatus(post.value), input.deskUrl));
  };
  /** Nobody looks for posts by what they are at for a moment, and each change is billed. */
  const list = (): void => {
    const { work, decisions } = post.value;
    const { status } = decisions;
    if (listed === status || status === 'publishing') return;
    if (isAtWork(listed) && isAtWork(status)) return;
    listed = status;
    upsertSearchAttributes([
      { key: postStatusKey, value: status },
      { key: costUsd, value: toUsd(knownNano(chargesIn(work.rows))) },
    ]);
  };
  return {
    /** The post has come to another state. */
    announce(): void {
      show();
      list();
      tell(eventOf(post.value, new Date()));
      // A post at work is in nobody's way: its batch and the archive hear of it when it waits, stops or ends.
      if (!isAtWork(post.value.decisions.status)) notifyBatch();
    },
    /** A person is being reminded. */
    announceReminder(): void {
      show();
      tell(reminderOf(post.value));
      recorder.note();
    },
    /** It stands otherwise with a target than it did, while the state of the post is the same. */
    announceTargets(): void {
      show();
      tell(targetFailureEvent(post.value));
      notifyBatch();
    },
    /** Tells the batch and the archive where the post stands. */
    notifyBatch,
    /** Something on the record changed that the archive needs to know now. */
    saveRecord(): void {
      show();
      recorder.note();
    },
    /** A target is away for longer: the batch, too, should know where the post stands. */
    announceRetries(): void {
      show();
      isBatchUntold = true;
      recorder.note();
    },
    /** Something on the record changed that the archive may hear of with the next record; this costs no history. */
    showDetails(): void {
      isUnrecorded = true;
      show();
    },
    /** Whether a record is under way. */
    isBusy: (): boolean => saves.size > 0 || recorder.isBusy(),
    /** Waits until the batch and the archive have it all. */
    async settled(): Promise<void> {
      do {
        // What came while the end was written down is on the record too, which lists only so much of it.
        if (isUnrecorded) recorder.note();
        await Promise.all([recorder.settled(), ...saves]);
      } while (isUnrecorded || saves.size > 0 || recorder.isBusy());
    },
  };
}

function keepUntilDone(set: Set<Promise<void>>, work: Promise<void>): void {
  const done = (): void => void set.delete(work);
  set.add(work);
  void work.then(done, done);
}

function record(
  post: Cell<Post>,
  tellsBatch: boolean,
  events: readonly WebhookEvent[],
): Promise<readonly Charge[]> {
  post.change(countRecord);
  const now = post.value;
  const { input, work, decisions, recorded } = now;
  post.change(forgetRevisions);
  return archive.recordPost.executeWithOptions({ summary: `record: ${decisions.status}` }, [
    {
      sequence: recorded,
      status: postStatus(now),
      charges: chargesIn(work.rows),
      remindedAt: decisions.remindedAt,
      revisions: revisionsToRecord(now),
      batchId: input.batchId,
      report: tellsBatch ? postReport(now) : null,
      ...(events.length > 0 ? { events, webhooks: input.account.webhooks } : {}),
    },
  ]);
}

/** Goes to a state and makes it known. @throws CancelledFailure when a decision has ended the post */
export function enter(post: Cell<Post>, reporter: PostReporter, status: PostState): void {
  // A rejection or a cancel may have come while what can't be cancelled was under way.
  throwIfFinal(post.value);
  partOf(post, 'decisions').change((now) => enterStatus(now, status));
  reporter.announce();
}

/** @throws CancelledFailure when the post has ended */
export function throwIfFinal({ decisions }: Post): void {
  if (isFinal(decisions.status)) throw new CancelledFailure(`the post is ${decisions.status}`);
}
