import { planKey } from '../../contract/money/charge-keys.js';
import { STEP_LABEL } from '../../contract/states.js';
import { paid } from '../activities.js';
import { askForText } from '../paid/ask.js';
import { settleLost } from '../paid/settle-lost.js';
import type { Cell } from '../cell.js';
import { newPlanRow, type BatchRun, type Page, type PlanRow } from './run.js';

/** Plans one page to its exact mix and queues its posts. Every paid try is on the page's row. */
export async function planPage(run: BatchRun, { mix, page }: Page): Promise<void> {
  const row = pageCell(run, page);
  row.change((now) => ({ ...now, state: 'running', note: null }));
  const { id: batchId, account, planner, brief } = run.input;
  const { budget, confirmed } = run;
  const titlesSoFar = [...run.posts, ...run.queue].map((post) => post.title);
  const plan = await askForText({
    label: `${STEP_LABEL.plan}, page ${page}`,
    row,
    ask: async ({ call, again }) => {
      const attempt = await paid.plan.executeWithOptions({ summary: `Plan page ${page}` }, [
        { batchId, account, planner, mix, page, call, again, titlesSoFar, brief, budget, confirmed },
      ]);
      run.offline ||= attempt.offlineBatch;
      return attempt;
    },
    settleLost: (call) =>
      settleLost({
        key: planKey({ batchId, page, call }),
        step: 'plan',
        model: account.models.plan,
        payer: { account: account.handle, planner, batchId, postId: null },
      }),
  });
  row.change((now) => ({ ...now, state: 'done' }));
  run.confirmed = false;
  run.queue.push(...plan.value);
}

/** The row of a page, begun with the first look at it. */
const pageCell = (run: BatchRun, page: number): Cell<PlanRow> => ({
  get value() {
    return (run.pages[page - 1] ??= newPlanRow());
  },
  change(change) {
    run.pages[page - 1] = change(this.value);
  },
});
