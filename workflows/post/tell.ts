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
  /** Makes the state known that a decision has set. */
  tell(): Promise<void>;
  /** Makes the end known that a decision has brought: what was still to be done is not. */
  tellEnd(): Promise<void>;
  /** Something on the record changed that only the record needs to know. */
  note(): void;
  /** Waits until the archive has it all. */
  settled(): Promise<void>;
}

export function createTeller(run: PostRun): Teller {
  let sequence = 0;
  const recorder = createRecorder(() =>
    CancellationScope.nonCancellable(() => {
      const recorded = archive.recordPost.executeWithOptions({ summary: `record: ${run.status}` }, [
        {
          sequence: (sequence += 1),
          status: postStatus(run),
          charges: chargesOf(run),
          remindedAt: run.remindedAt,
        },
      ]);
      // Beside the recorder, not within it: one turn more there would reorder the steps of runs that are under way.
      void recorded.then(hearOfCharges, () => undefined);
      return recorded;
    }),
  );
  const hearOfCharges = (stored: readonly Charge[]): void => {
    if (!agree(run.rows, stored)) return;
    recorder.note();
    void report(run);
  };
  const tell = async (): Promise<void> => {
    setCurrentDetails(postDetails(run));
    upsertSearchAttributes([
      { key: postStatusKey, value: run.status },
      { key: costUsd, value: toUsd(knownNano(chargesOf(run))) },
    ]);
    // A post at work is in nobody's way: its batch and the archive hear of it when it waits, stops or ends.
    if (isAtWork(run.status)) return;
    recorder.note();
    await report(run);
  };
  return {
    tell,
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
    note() {
      setCurrentDetails(postDetails(run));
      recorder.note();
    },
    settled: () => recorder.settled(),
  };
}

/** Tells the batch. It may have ended, or never have been: that is no reason to stop. */
export async function report(run: PostRun): Promise<void> {
  const batch = getExternalWorkflowHandle(batchWorkflowId(run.input.batchId));
  try {
    await CancellationScope.nonCancellable(() => batch.signal(reportSignal, postReport(run)));
  } catch (error) {
    log.warn('the batch did not take the report', { batchId: run.input.batchId, error });
  }
}
