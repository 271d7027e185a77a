import { condition, sleep } from '@temporalio/workflow';
import { rowOf, type PostRun } from './run.js';
import type { Teller } from './tell.js';

/** Opens the gate `publish` and waits for a person, for as long as that takes; then for the time the approval named. */
export async function review(run: PostRun, teller: Teller): Promise<void> {
  const row = rowOf(run, 'review');
  row.state = 'running';
  run.gate = 'publish';
  await teller.enter('awaiting_approval');
  // A rejection or a cancel ends the scope that this runs in; only an approval goes on from here.
  await condition(() => run.status === 'publishing' || run.status === 'scheduled');
  const approval = run.review.findLast((entry) => entry.decision === 'approve' && entry.counted);
  Object.assign(row, {
    state: 'done',
    at: approval?.at ?? null,
    note: approval ? `approved by ${approval.by}` : null,
  });
  if (run.slot === null) return;
  await teller.tell();
  const wait = Date.parse(run.slot) - Date.now();
  if (wait > 0) await sleep(wait, { summary: `Publish at ${run.slot}` });
}
