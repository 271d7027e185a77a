import { CancellationScope, setCurrentDetails } from '@temporalio/workflow';
import type { Charge } from '../../contract/money/charge.js';
import { archive } from '../activities.js';
import { partOf, type Cell } from '../cell.js';
import { correctCharges } from '../paid/row.js';
import { countRecord, createRecorder } from '../recorder.js';
import { batchDetails } from './details.js';
import { newsOutcome, nextPage, planCharges } from './plan.js';
import type { Batch } from './state.js';
import { batchStatus } from './status.js';

export type BatchReporter = ReturnType<typeof createBatchReporter>;

/** Makes known where a batch stands: to the Temporal UI and to the archive. */
export function createBatchReporter(batch: Cell<Batch>) {
  const pages = partOf(partOf(batch, 'plan'), 'pages');
  const recorder = createRecorder(async () => {
    const stored = await record(batch);
    const before = pages.value;
    pages.change((now) => correctCharges(now, stored));
    if (pages.value !== before) recorder.note();
  });
  const showDetails = (): void =>
    setCurrentDetails(batchDetails(batchStatus(batch.value), batch.value.input.deskUrl));
  return {
    /** The batch has come a step further. */
    announce(): void {
      showDetails();
      // Each post records itself; the batch's own record is its plan, what blocks it, and its end.
      if (batch.value.progress.status !== 'running' || pages.value.length === 1) recorder.note();
    },
    /** The archive needs to know now. */
    saveRecord: (): void => recorder.note(),
    showDetails,
    /** Waits until the archive has it all. */
    settled: (): Promise<void> => recorder.settled(),
  };
}

const record = (batch: Cell<Batch>): Promise<readonly Charge[]> =>
  CancellationScope.nonCancellable(() => {
    batch.change(countRecord);
    const { input, progress, plan, money, recorded } = batch.value;
    return archive.recordBatch.executeWithOptions({ summary: `record: ${progress.status}` }, [
      {
        sequence: recorded,
        status: batchStatus(batch.value),
        account: input.account,
        charges: planCharges(plan),
        monthBudget: money.monthBudget,
        ...(plan.news && { news: newsOutcome(plan.news, nextPage(plan, input.mix) === null) }),
      },
    ]);
  });
