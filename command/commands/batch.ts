import { cancelBatch, pauseBatch, resumeBatch, setBatchBudget } from '../../client/batch-orders.js';
import { deskApi } from '../../client/desk-api.js';
import { listBatches } from '../../client/lists.js';
import { TEXT_LIMITS } from '../../contract/limits.js';
import type { SetBudget } from '../../contract/messages.js';
import { dollars, toUsd } from '../../contract/money/nano.js';
import { isBatchFinal, stateWords } from '../../contract/states.js';
import type { BatchStatus } from '../../contract/status.js';
import { withCopydesk } from '../context.js';
import { argument, BY, defineCommand, flag, option, text, type Definition } from '../define.js';
import { idValue, usdValue } from '../options/values.js';
import { batchListView, batchView } from '../output/batch-view.js';
import { createLive } from '../output/live.js';
import { nextBlock } from '../output/next.js';
import { followBatch } from '../watch.js';
import { batchStart } from './batch-start.js';

const BATCH_ID = argument('<id>', "the batch's id", idValue);

const batchStatus = defineCommand({
  name: 'status',
  about: 'what a batch has made, what it cost and what waits for a person',
  takes: {
    id: BATCH_ID,
    watch: flag('--watch', 'until each post waits for a person or is final'),
  },
  examples: [
    'npx copydesk batch status Zr4hK8vYp1Nc --watch',
    'npx copydesk batch status Zr4hK8vYp1Nc --json',
  ],
  prints: "the batch's status document",
  run: (run, { id, watch }) =>
    withCopydesk(run, async ({ batches }) => {
      const { output, settings, stderr } = run;
      const status = watch
        ? await followBatch(batches, id, await createLive(stderr, () => performance.now()))
        : await batches.status(id);
      output.result(status, (width) => batchView(status, output.colors, settings.url, width));
    }),
});

const batchList = defineCommand({
  name: 'list',
  about: 'the batches, newest first',
  examples: ['npx copydesk batch list'],
  prints:
    '{ batches: [{ id, account, planner, mix, status, counts, costUsd, budgetUsd, createdAt, offline }] }',
  async run({ settings, output }) {
    const { batches } = await listBatches(deskApi(settings));
    output.result({ batches }, (width) => batchListView(batches, output.colors, width));
  },
});

const batchPause = defineCommand({
  name: 'pause',
  about: 'start nothing new in a batch until it is resumed',
  takes: { id: BATCH_ID, by: BY },
  examples: ['npx copydesk batch pause Zr4hK8vYp1Nc'],
  prints: '{ batchId, status }',
  notes: ['Posts that are at work continue to their gate. Decisions are taken as before.'],
  run: (run, { id, by }) =>
    withCopydesk(run, async ({ batches }) => {
      const { status } = await pauseBatch(batches, id, { by });
      run.output.result(
        { batchId: id, status },
        () => `Batch ${id} is ${status}.${nextBlock([`npx copydesk batch resume ${id}`])}`,
      );
    }),
});

/** After a pause, a blocked plan, a budget that was too small, or a key that was wrong. */
const batchResume = defineCommand({
  name: 'resume',
  about:
    'continue with a batch that is paused or blocked, and with its posts that a budget, a key or an account blocked',
  takes: { id: BATCH_ID, by: BY },
  examples: ['npx copydesk batch resume Zr4hK8vYp1Nc'],
  prints: '{ batchId, status }',
  notes: [
    'A batch pauses itself when a wrong key or an empty account stops three posts in a row; batch status says why.',
    'Posts that are blocked by anything else are resumed one by one: copydesk resume ID.',
  ],
  run: (run, { id, by }) =>
    withCopydesk(run, async ({ batches }) => {
      const { status } = await resumeBatch(batches, id, { by });
      const next = nextBlock([`npx copydesk batch status ${id} --watch`]);
      run.output.result(
        { batchId: id, status },
        () => `Batch ${id} continues (now ${stateWords(status)}).${next}`,
      );
    }),
});

/** What a batch, or its account in a month, may spend from now on. */
const batchBudget = defineCommand({
  name: 'budget',
  about: 'set the most that a batch may spend, or its account in a month',
  takes: {
    id: BATCH_ID,
    usd: argument('<usd>', 'in US dollars, what was spent so far included', usdValue),
    month: flag(
      '--month',
      'what the account may spend in a calendar month of UTC, as far as this batch goes',
    ),
    by: BY,
  },
  examples: [
    'npx copydesk batch budget Zr4hK8vYp1Nc 7.50',
    'npx copydesk batch budget Zr4hK8vYp1Nc 80 --month',
  ],
  prints: '{ batchId, status }',
  notes: [
    'Posts that the old budget blocked continue with copydesk batch resume.',
    "--month sets the limit that this batch is held to from now on; the account's other batches keep theirs, and budget.month of the account file counts for batches to come. No status shows it, so the command says that it was delivered, not that it was seen to take effect.",
  ],
  run(run, { id, usd, month, by }) {
    const budget = { by, usd: toUsd(usd), ...(month && { of: 'month' as const }) };
    return withCopydesk(run, async ({ batches }) => {
      const status = await setBatchBudget(batches, id, budget);
      run.output.result({ batchId: id, status: status.status }, () => budgetText(status, budget));
    });
  },
});

/** What a person reads of it, with what continues now. */
export function budgetText(status: BatchStatus, { usd, of }: SetBudget): string {
  const { id, account, posts } = status;
  const halted = status.status === 'blocked' || posts.some((post) => post.status === 'blocked');
  const next = nextBlock(halted ? [`npx copydesk batch resume ${id}`] : []);
  return of === 'month'
    ? `Delivered: @${account} may spend ${dollars(usd)} a month as far as batch ${id} goes.${next}`
    : `Batch ${id} may spend ${dollars(usd)}; ${dollars(status.costUsd)} is spent.${next}`;
}

const batchCancel = defineCommand({
  name: 'cancel',
  about: 'cancel a batch and its posts that are not published yet',
  takes: {
    id: BATCH_ID,
    reason: option('--reason <text>', 'why, for the record of its posts', text(TEXT_LIMITS.note)),
    by: BY,
  },
  examples: ['npx copydesk batch cancel Zr4hK8vYp1Nc', 'npx copydesk batch cancel Zr4hK8vYp1Nc --by ana'],
  prints: '{ batchId, status }',
  notes: ['What was published stays.'],
  run: (run, { id, reason, by }) =>
    withCopydesk(run, async ({ batches }) => {
      const { status } = await cancelBatch(batches, id, { by, reason });
      run.output.result({ batchId: id, status }, () =>
        isBatchFinal(status)
          ? `Batch ${id} is ${status}; what was published stays.`
          : `Batch ${id} is being cancelled (now ${stateWords(status)}).`,
      );
    }),
});

export const batch: Definition = {
  name: 'batch',
  about: 'a run of a planner: so many posts of each format, one budget',
  examples: ['npx copydesk batch list', 'npx copydesk batch status Zr4hK8vYp1Nc --watch'],
  under: [batchStart, batchStatus, batchList, batchPause, batchResume, batchBudget, batchCancel],
};
