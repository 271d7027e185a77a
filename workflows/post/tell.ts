import {
  CancelledFailure,
  CancellationScope,
  getExternalWorkflowHandle,
  log,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { knownNano, type Charge } from '../../contract/charge.js';
import { batchWorkflowId } from '../../contract/ids.js';
import { reportSignal } from '../../contract/messages.js';
import { toUsd } from '../../contract/money.js';
import { costUsd, postStatus as postStatusKey } from '../../contract/search-attributes.js';
import { isAtWork, isFinal, type PostState } from '../../contract/states.js';
import { archive } from '../activities.js';
import { agree } from '../charges.js';
import { createRecorder } from '../recorder.js';
import { postDetails } from './details.js';
import { chargesOf, skipRest, type PostRun } from './run.js';
import { postReport, postStatus } from './status.js';

/** How a post makes its state known: to the Temporal UI, to its batch, and to the archive. */
export interface Teller {
  /** Goes to a state and makes it known. @throws CancelledFailure when a decision has ended the post */
  enter(status: PostState): Promise<void>;
  /** Makes the end known that a decision has brought: what was still to be done is not. */
  tellEnd(): Promise<void>;
  /** Tells the batch where the post stands. */
  report(): Promise<void>;
  /** Something on the record changed that the archive needs to know now. */
  note(): void;
  /** Something on the record changed that the archive may hear of with the next record; this costs no history. */
  show(): void;
  /** Work that nobody waits for, unless the post is about to continue as new. */
  aside(work: Promise<void>): void;
  /** Whether a record, a report or work beside is under way. */
  isBusy(): boolean;
  /** Waits until the archive has it all. */
  settled(): Promise<void>;
}

export function createTeller(run: PostRun): Teller {
  let underWay = 0;
  let unrecorded = false;
  const track = <T>(work: Promise<T>): Promise<T> => {
    const done = (): void => void (underWay -= 1);
    underWay += 1;
    void work.then(done, done);
    return work;
  };
  const report = (): Promise<void> => track(reportTo(run));
  const recorder = createRecorder(async () => {
    unrecorded = false;
    const stored = await CancellationScope.nonCancellable(() => record(run));
    if (!agree(run.rows, stored)) return;
    recorder.note();
    void report();
  });
  const show = (): void => setCurrentDetails(postDetails(run));
  const tell = async (): Promise<void> => {
    show();
    upsertSearchAttributes([
      { key: postStatusKey, value: run.status },
      { key: costUsd, value: toUsd(knownNano(chargesOf(run))) },
    ]);
    // A post at work is in nobody's way: its batch and the archive hear of it when it waits, stops or ends.
    if (isAtWork(run.status)) return;
    recorder.note();
    await report();
  };
  return {
    async enter(status) {
      // A rejection or a cancel may have come while what can't be cancelled was under way.
      if (isFinal(run.status)) throw new CancelledFailure(`the post is ${run.status}`);
      run.status = status;
      await tell();
    },
    async tellEnd() {
      skipRest(run);
      await tell();
    },
    report,
    note() {
      show();
      recorder.note();
    },
    show() {
      unrecorded = true;
      show();
    },
    aside: (work) => void track(work),
    isBusy: () => underWay > 0 || recorder.isBusy(),
    async settled() {
      await recorder.settled();
      // What came while the end was written down is on the record too, which lists only so much of it.
      while (unrecorded) {
        recorder.note();
        await recorder.settled();
      }
    },
  };
}

function record(run: PostRun): Promise<readonly Charge[]> {
  run.recorded += 1;
  return archive.recordPost.executeWithOptions({ summary: `record: ${run.status}` }, [
    {
      sequence: run.recorded,
      status: postStatus(run),
      charges: chargesOf(run),
      remindedAt: run.remindedAt,
    },
  ]);
}

/** Tells the batch. It may have ended, or never have been: that is no reason to stop. */
async function reportTo(run: PostRun): Promise<void> {
  const batch = getExternalWorkflowHandle(batchWorkflowId(run.input.batchId));
  try {
    await CancellationScope.nonCancellable(() => batch.signal(reportSignal, postReport(run)));
  } catch (error) {
    log.warn('the batch did not take the report', { batchId: run.input.batchId, error });
  }
}
