import { formatOf } from '../../contract/formats/registry.js';
import type { Gate, MediaStep, PostState } from '../../contract/states.js';
import { isUnclaimed } from './state/claim.js';
import { gatesOf } from './state/decisions.js';
import { failedTargets, openTargets } from './state/out.js';
import type { Post } from './state/state.js';

/** What a post does next. */
export type Task =
  | { readonly do: 'write' }
  | { readonly do: 'illustrate'; readonly step: MediaStep }
  | { readonly do: 'wait'; readonly gate: Gate }
  | { readonly do: 'wait-for-resume' }
  | { readonly do: 'take-slot' }
  | { readonly do: 'wait-for-slot' }
  | { readonly do: 'publish' }
  /** A target failed, and waits for a person; the post itself is out. */
  | { readonly do: 'wait-for-mending' };

/**
 * The order of things: the words; where the account wants it, a person before anything is paid for pictures; picture and
 * clip; a person before it is published; the slot; publishing. A revision starts over at whatever it made stale.
 *
 * @returns null when the post is published, and nothing is left to do at any target
 */
export function nextTask(post: Post): Task | null {
  const { input, work, decisions } = post;
  const { status, passed, slot } = decisions;
  if (status === 'published') return nextOfPublished(post);
  if (status === 'blocked') return { do: 'wait-for-resume' };
  const gates = gatesOf(input.account.review.gates, decisions);
  const waits = (gate: Gate): boolean => gates.includes(gate) && !passed.includes(gate);
  if (work.stale.includes('draft')) return { do: 'write' };
  const step = formatOf(input.contentFormat).media.find((one) => work.stale.includes(one));
  if (step) return waits('media') ? { do: 'wait', gate: 'media' } : { do: 'illustrate', step };
  if (waits('publish')) return { do: 'wait', gate: 'publish' };
  if (status === 'publishing') return { do: 'publish' };
  if (isUnclaimed(post)) return { do: 'take-slot' };
  return slot === null ? { do: 'publish' } : { do: 'wait-for-slot' };
}

function nextOfPublished({ input, out }: Post): Task | null {
  if (out.isClosed) return null;
  if (openTargets(out, input.account.targets).length > 0) return { do: 'publish' };
  return failedTargets(out).length > 0 ? { do: 'wait-for-mending' } : null;
}

/** The state of a post that does this. */
export function statusFor(task: Task | null): PostState {
  switch (task?.do) {
    case 'write':
      return 'drafting';
    case 'illustrate':
      return task.step === 'video' ? 'filming' : 'illustrating';
    case 'wait':
      return 'awaiting_approval';
    case 'wait-for-resume':
      return 'blocked';
    case 'take-slot':
    case 'wait-for-slot':
      return 'scheduled';
    default:
      return 'publishing';
  }
}
