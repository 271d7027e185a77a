import { formatOf } from '../../contract/formats/registry.js';
import type { Gate, MediaStep } from '../../contract/states.js';
import type { PostRun } from './run.js';

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
export function nextTask(run: PostRun): Task | null {
  if (run.status === 'published') return null;
  if (run.status === 'blocked') return { do: 'wait-for-resume' };
  const { gates } = run.input.account.review;
  const waits = (gate: Gate): boolean => gates.includes(gate) && !run.passed.includes(gate);
  if (run.stale.includes('draft')) return { do: 'write' };
  const step = formatOf(run.input.contentFormat).media.find((one) => run.stale.includes(one));
  if (step) return waits('media') ? { do: 'wait', gate: 'media' } : { do: 'illustrate', step };
  if (waits('publish')) return { do: 'wait', gate: 'publish' };
  if (run.slot !== null && run.status !== 'publishing') return { do: 'wait-for-slot' };
  return { do: 'publish' };
}
