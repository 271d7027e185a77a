import { planKey } from '../../contract/money/charge-keys.js';
import { STEP_LABEL } from '../../contract/states.js';
import { paid } from '../activities.js';
import { partOf, type Cell } from '../cell.js';
import { askForText } from '../paid/ask.js';
import { settleLost } from '../paid/settle-lost.js';
import { beginPage, finishPage, noteOffline, pageCell, type Page } from './plan.js';
import type { Batch } from './state.js';

/** Plans one page to its exact mix and queues its posts. Every paid try is on the page's row. */
export async function planPage(batch: Cell<Batch>, { mix, page }: Page): Promise<void> {
  const plan = partOf(batch, 'plan');
  plan.change((now) => beginPage(now, page));
  const { input, posts, money } = batch.value;
  const { id: batchId, account, planner, brief } = input;
  const { queue, confirmed } = plan.value;
  const { budget } = money;
  const titlesSoFar = [...posts.known, ...queue].map((post) => post.title);
  const { value } = await askForText({
    label: `${STEP_LABEL.plan}, page ${page}`,
    row: pageCell(plan, page),
    ask: async ({ call, again }) => {
      const attempt = await paid.plan.executeWithOptions({ summary: `Plan page ${page}` }, [
        { batchId, account, planner, mix, page, call, again, titlesSoFar, brief, budget, confirmed },
      ]);
      plan.change((now) => noteOffline(now, attempt.offlineBatch));
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
  plan.change((now) => finishPage(now, page, value));
}
