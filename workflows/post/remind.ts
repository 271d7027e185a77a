import { log } from '@temporalio/workflow';
import { reminders } from '../activities.js';
import type { PostRun } from './run.js';

/** Sends a reminder of the open gate to the account's webhook, if it has one. */
export async function remind(run: PostRun): Promise<void> {
  const { account, id } = run.input;
  if (account.review.webhook === null || run.opening === null) return;
  const { gate, revision } = run.opening;
  const at = run.remindedAt;
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
