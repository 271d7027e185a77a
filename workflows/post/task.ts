import { formatOf } from '../../contract/formats/registry.js';
import type { Gate, MediaStep, PostState } from '../../contract/states.js';
import type { Post } from './state.js';

/** What a post does next. */
export type Task =
  | { readonly do: 'write' }
  | { readonly do: 'illustrate'; readonly step: MediaStep }
  | { readonly do: 'wait'; readonly gate: Gate }
  | { readonly do: 'wait-for-resume' }
  | { readonly do: 'wait-for-slot' }
  | { readonly do: 'publish' };

/**
 * The order of things: the words; where the account wants it, a person before anything is paid for pictures; picture and
 * clip; a person before it is published; the slot; publishing. A revision starts over at whatever it made stale.
 *
 * @returns null when the post is published
 */
export function nextTask({ input, work, decisions }: Post): Task | null {
  const { status, passed, slot } = decisions;
  if (status === 'published') return null;
  if (status === 'blocked') return { do: 'wait-for-resume' };
  const { gates } = input.account.review;
  const waits = (gate: Gate): boolean => gates.includes(gate) && !passed.includes(gate);
  if (work.stale.includes('draft')) return { do: 'write' };
  const step = formatOf(input.contentFormat).media.find((one) => work.stale.includes(one));
  if (step) return waits('media') ? { do: 'wait', gate: 'media' } : { do: 'illustrate', step };
  if (waits('publish')) return { do: 'wait', gate: 'publish' };
  if (slot !== null && status !== 'publishing') return { do: 'wait-for-slot' };
  return { do: 'publish' };
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
    case 'wait-for-slot':
      return 'scheduled';
    default:
      return 'publishing';
  }
}
