import { log } from '@temporalio/workflow';
import { reminders } from '../activities.js';
import type { Post } from './state/state.js';

/**
 * Sends a reminder of the open gate to the account's webhook, as a post does that was started before an account had `webhooks`:
 * its record tells those.
 */
export async function remind({ input, words, decisions }: Post): Promise<void> {
  const { account, id } = input;
  const { opening, remindedAt: at } = decisions;
  if (!account.review.webhook || opening === null) return;
  const { gate, revision } = opening;
  const title = words.draft?.title ?? input.title;
  try {
    await reminders.remind.executeWithOptions({ summary: `Remind of gate ${gate}` }, [
      { webhook: account.review.webhook, post: { id, account: account.handle, title, gate, revision, at } },
    ]);
  } catch (error) {
    // A receiver that is away must not keep a post from waiting.
    log.warn('the reminder was not delivered', { postId: id, error });
  }
}
