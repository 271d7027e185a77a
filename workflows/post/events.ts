import type { WebhookEvent } from '../../contract/webhooks.js';
import type { Decisions } from './state/decisions.js';
import { failedTargets, stoppedSince } from './state/out.js';
import type { Post } from './state/state.js';

/**
 * What the state that a post is in means to the receivers of its account; null where it means nothing. A post that continues as
 * new comes to its state again, under the same key.
 */
export function eventOf({ decisions, out }: Post, now: Date): WebhookEvent | null {
  const at = now.toISOString();
  const { status, opening, slot } = decisions;
  switch (status) {
    case 'awaiting_approval':
      return opening && { type: 'post.awaiting_approval', key: opening.since, at: opening.since };
    case 'blocked':
      return { type: 'post.blocked', key: `after ${decided(decisions)} decisions`, at };
    case 'scheduled':
      return { type: 'post.scheduled', key: `${slot} after ${decided(decisions)} decisions`, at };
    case 'published':
      return { type: 'post.published', key: 'once', at: out.publishedAt ?? at };
    case 'expired':
      return { type: 'post.expired', key: 'once', at };
    default:
      return null;
  }
}

/** A target failed while another has taken the post or is still tried, and waits for a person. A resume makes it another event. */
export function targetFailureEvent({ decisions, out }: Post): WebhookEvent | null {
  const at = stoppedSince(out);
  if (at === null) return null;
  const key = `${failedTargets(out).join(', ')} after ${decided(decisions)} decisions`;
  return { type: 'post.blocked', key, at };
}

/** A person is reminded of the open gate. */
export const reminderOf = ({ decisions: { remindedAt } }: Post): WebhookEvent | null =>
  remindedAt === null ? null : { type: 'post.reminder', key: remindedAt, at: remindedAt };

/** How many decisions have counted: a post is blocked once, or scheduled once, between two of them. */
function decided({ log }: Decisions): number {
  const listed = log.entries.filter(({ counted }) => counted).length;
  // The first line stands for those that are not listed.
  return log.unlisted === 0 ? listed : listed - 1 + log.unlisted;
}
