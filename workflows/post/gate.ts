import { CancelledFailure, condition, log } from '@temporalio/workflow';
import { isAtWork, isFinal, type Gate } from '../../contract/states.js';
import { reminders } from '../activities.js';
import { noteReview } from './note-review.js';
import { rowOf, type PostRun } from './run.js';
import { report, type Teller } from './tell.js';
import { nextAlarm } from './alarm.js';

/** Opens a gate and waits for a person, for as long as that takes: reminding, and in the end expiring, as the account says. */
export async function waitAtGate(run: PostRun, teller: Teller, gate: Gate): Promise<void> {
  const row = rowOf(run, 'review');
  Object.assign(row, { state: 'running', note: `gate ${gate}` });
  run.gate = gate;
  run.remindedAt = null;
  await teller.enter('awaiting_approval');
  await decided(run, teller);
  const approval = run.review.findLast((entry) => entry.counted);
  const note = approval?.decision === 'approve' ? `gate ${gate} approved by ${approval.by}` : null;
  const passed = run.passed.has('publish');
  Object.assign(row, { state: passed ? 'done' : 'pending', at: approval?.at ?? null, note });
  // Its batch counts the posts at work; one that is about to be published says so when it is.
  if (isAtWork(run.status) && run.status !== 'publishing') await report(run);
}

async function decided(run: PostRun, teller: Teller): Promise<void> {
  const { remindAfter, expireAfter } = run.input.account.review;
  const opened = Date.now();
  const { revision } = run;
  // A rejection or a cancel ends the scope that this runs in; what goes on from here is an approval, a revision or an edit.
  const goesOn = (): boolean =>
    run.revision !== revision || (run.status !== 'awaiting_approval' && !isFinal(run.status));
  for (let reminded = 0; ;) {
    const alarm = nextAlarm({ opened, remindAfter, expireAfter, reminded });
    if (!alarm) return condition(goesOn);
    const summary = alarm.kind === 'expire' ? 'Expires' : 'Reminder';
    if (await condition(goesOn, Math.max(1, alarm.at - Date.now()), { summary })) return;
    if (alarm.kind === 'expire') expire(run);
    reminded += 1;
    run.remindedAt = new Date().toISOString();
    teller.note();
    // Nobody waits for the receiver of a reminder: a decision or the expiry may come first.
    void remind(run);
  }
}

async function remind(run: PostRun): Promise<void> {
  const { account, id } = run.input;
  if (account.review.webhook === null || run.gate === null) return;
  const { gate, revision, remindedAt: at } = run;
  const title = run.draft?.title ?? run.input.title;
  try {
    await reminders.remind.executeWithOptions({ summary: `Remind of gate ${gate}` }, [
      { webhook: account.review.webhook, post: { id, account: account.handle, title, gate, revision, at } },
    ]);
  } catch (error) {
    // A receiver that is away must not keep a post from waiting.
    log.warn('the reminder was not delivered', { postId: id, error });
  }
}

function expire(run: PostRun): never {
  const { revision, gate } = run;
  noteReview(
    run,
    { decision: 'expire', by: 'copydesk', note: 'nobody decided in time', counted: true },
    { revision, gate },
    new Date(),
  );
  run.gate = null;
  // Ends the scope like a rejection does.
  run.status = 'expired';
  throw new CancelledFailure('the post has expired');
}
