import {
  CancellationScope,
  CancelledFailure,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { knownNano, type Charge } from '../../contract/money/charge.js';
import { toUsd } from '../../contract/money/nano.js';
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
  enter(status: PostState): void;
  /** Makes the end known that a decision has brought: what was still to be done is not. */
  tellEnd(): void;
  /** Tells the batch and the archive where the post stands. */
  report(): void;
  /** Something on the record changed that the archive needs to know now. */
  note(): void;
  /** Something on the record changed that the archive may hear of with the next record; this costs no history. */
  show(): void;
  /** Work that nobody waits for, unless the post is about to continue as new. */
  aside(work: Promise<void>): void;
  /** Whether a record or work beside is under way. */
  isBusy(): boolean;
  /** Waits until the batch and the archive have it all. */
  settled(): Promise<void>;
}

export function createTeller(run: PostRun): Teller {
  const beside = new Set<Promise<void>>();
  const saves = new Set<Promise<void>>();
  let unrecorded = false;
  let untold = false;
  /** The state that Temporal's lists show. */
  let listed: PostState = 'drafting';
  const save = async (): Promise<void> => {
    unrecorded = false;
    const tells = untold;
    untold = false;
    const stored = await CancellationScope.nonCancellable(() => record(run, tells));
    if (agree(run.rows, stored)) report();
  };
  const recorder = createRecorder(save);
  const report = (): void => {
    untold = true;
    // The record under way may wait for an archive that is away; the batch hears of this at once all the same.
    if (recorder.isBusy()) keep(saves, save());
    else recorder.note();
  };
  const show = (): void => setCurrentDetails(postDetails(run));
  /** Nobody looks for posts by what they are at for a moment, and each change is billed. */
  const list = (): void => {
    if (listed === run.status || run.status === 'publishing') return;
    if (isAtWork(listed) && isAtWork(run.status)) return;
    listed = run.status;
    upsertSearchAttributes([
      { key: postStatusKey, value: run.status },
      { key: costUsd, value: toUsd(knownNano(chargesOf(run))) },
    ]);
  };
  const tell = (): void => {
    show();
    list();
    // A post at work is in nobody's way: its batch and the archive hear of it when it waits, stops or ends.
    if (!isAtWork(run.status)) report();
  };
  return {
    enter(status) {
      // A rejection or a cancel may have come while what can't be cancelled was under way.
      if (isFinal(run.status)) throw new CancelledFailure(`the post is ${run.status}`);
      run.status = status;
      tell();
    },
    tellEnd() {
      skipRest(run);
      tell();
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
    aside: (work) => keep(beside, work),
    isBusy: () => beside.size > 0 || saves.size > 0 || recorder.isBusy(),
    async settled() {
      do {
        // What came while the end was written down is on the record too, which lists only so much of it.
        if (unrecorded) recorder.note();
        await Promise.all([recorder.settled(), ...saves]);
      } while (unrecorded || saves.size > 0 || recorder.isBusy());
    },
  };
}

/** Has work in the set for as long as it is under way. */
function keep(set: Set<Promise<void>>, work: Promise<void>): void {
  const done = (): void => void set.delete(work);
  set.add(work);
  void work.then(done, done);
}

function record(run: PostRun, tells: boolean): Promise<readonly Charge[]> {
  run.recorded += 1;
  return archive.recordPost.executeWithOptions({ summary: `record: ${run.status}` }, [
    {
      sequence: run.recorded,
      status: postStatus(run),
      charges: chargesOf(run),
      remindedAt: run.remindedAt,
      batchId: run.input.batchId,
      report: tells ? postReport(run) : null,
    },
  ]);
}
