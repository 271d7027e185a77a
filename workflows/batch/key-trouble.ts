import { FORMATS } from '../../contract/formats/registry.js';
import { isKeyFailure } from '../../contract/errors.js';
import type { PostReport } from '../../contract/messages.js';
import type { Step } from '../../contract/states.js';
import type { StatusError } from '../../contract/status.js';
import type { KnownPost } from './posts.js';

/** How many posts in a row a key or its account has stopped, by the step at which: no post has got past that step since. */
export type Strikes = Readonly<Partial<Record<Step, number>>>;

/** So many in a row are no accident: the next post would be stopped as well. */
const TROUBLE = 3;

/** @param known the post as it was known before @param now as it says it is */
export function countStrikes(strikes: Strikes, known: KnownPost, now: KnownPost): Strikes {
  const counts: Partial<Record<Step, number>> = { ...strikes };
  const before = passedBy(known);
  for (const step of passedBy(now)) if (!before.includes(step)) delete counts[step];
  if (now.step && isStopped(now) && !isStopped(known)) counts[now.step] = (counts[now.step] ?? 0) + 1;
  return counts;
}

export const isTrouble = (strikes: Strikes): boolean =>
  Object.values(strikes).some((count) => count >= TROUBLE);

export const strikeCount = (strikes: Strikes): number =>
  Object.values(strikes).reduce((sum, count) => sum + count, 0);

/** Why the batch has paused itself, from the words of the provider that the last post was stopped with. */
export const troubleError = (batchId: string, { type, message, requestId }: StatusError): StatusError => ({
  type,
  message: `${TROUBLE} posts in a row were stopped by: ${message}. Put the key or its account right; then copydesk batch resume ${batchId} continues with every post that this blocked`,
  requestId,
});

/** Whether a key or its account is what stops the post. */
export const isStopped = ({ status, error }: PostReport): boolean =>
  status === 'blocked' && isKeyFailure(error);

/** The steps that a post in this state has behind it, of those that call a provider. */
function passedBy({ status, step, contentFormat }: KnownPost): readonly Step[] {
  const media = FORMATS.find(({ name }) => name === contentFormat)?.media ?? [];
  const steps: readonly Step[] = ['draft', ...media, 'publish'];
  if (status === 'published') return steps;
  if (step === 'review') return steps.slice(0, -1);
  return steps.slice(0, Math.max(0, step === null ? 0 : steps.indexOf(step)));
}
