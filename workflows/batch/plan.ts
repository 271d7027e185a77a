import type { PlanAttempt } from '../../activities/plan.js';
import type { PlannedPost } from '../../contract/batch.js';
import { text } from '../activities.js';
import { askUntilKept } from '../ask.js';
import { newPlanRow, type BatchRun, type Page } from './run.js';

/** Plans one page to its exact mix and queues its posts. Every paid try is on the page's row. */
export async function planPage(run: BatchRun, { mix, page }: Page): Promise<void> {
  const row = (run.pages[page - 1] ??= newPlanRow());
  Object.assign(row, { state: 'running', note: null });
  const { id: batchId, account, planner, brief } = run.input;
  const { budget, confirmed } = run;
  const titlesSoFar = [...run.posts, ...run.queue].map((post) => post.title);
  const posts = await askUntilKept<readonly PlannedPost[], PlanAttempt>(
    row,
    (ask, again) =>
      text.plan.executeWithOptions({ summary: `Plan page ${page}` }, [
        { batchId, account, planner, mix, page, ask, again, titlesSoFar, brief, budget, confirmed },
      ]),
    (attempt) => {
      run.offline ||= attempt.offlineBatch;
    },
  );
  row.state = 'done';
  run.confirmed = false;
  run.queue.push(...posts);
}
