import { Context } from '@temporalio/activity';
import type { StatusError } from '../contract/status.js';
import type { PublicationSearch, PublishAttempt } from '../contract/targets/attempt.js';
import { TargetFailure, type Edition } from '../services/publishers/publisher.js';
import type { Services } from '../services/services.js';
import { withHeartbeat } from './heartbeat.js';
import { ApplicationFailure } from '@temporalio/common';
import type { Target } from '../contract/account.js';
import { reportIfSlow, type StepReport } from './tell-batch.js';

export type { Edition } from '../services/publishers/publisher.js';

export interface PublishTask {
  readonly target: Target;
  readonly edition: Edition;
  /** What its batch hears if it takes longer. */
  readonly step?: StepReport;
}

export interface SearchTask extends PublishTask {
  /** Nothing is published after it, so that a target which keeps the same edition once is asked, too. */
  readonly isLast?: boolean;
}

/** What of a target's words is kept. */
const LONGEST_MESSAGE = 500;

export const createPublish = (services: Pick<Services, 'publishers'>) => ({
  /** Makes one attempt to publish an approved edition at one target. Nothing stands after the publisher's call. */
  publish: (task: PublishTask): Promise<PublishAttempt> =>
    withHeartbeat(null, () => reportIfSlow(task.step, () => attemptAt(services, task))),

  /**
   * Looks for what an attempt with an unknown outcome left behind. Nothing is written, so it may be repeated.
   */
  findPublication({ target, edition, isLast }: SearchTask): Promise<PublicationSearch> {
    return withHeartbeat(null, async () => {
      const publisher = services.publishers[target.kind];
      if (!publisher) return { found: 'unknowable', error: unknownTarget(services, target) };
      if (publisher.repeatable && !isLast) return { found: 'repeatable' };
      try {
        const publication = await publisher.find(edition, target);
        return publication ? { found: 'publication', publication } : { found: 'nothing' };
      } catch (error) {
        if (!(error instanceof TargetFailure)) throw error;
        const { outcome, type, message, retryAfterSeconds } = error;
        const why = statusError(type, message);
        // Within the time of a last look; what is left of it then is told as this.
        if (isLast && outcome === 'later') throw triedLater({ ...why, retryAfterSeconds });
        return outcome === 'later'
          ? { found: 'later', error: why, retryAfterSeconds }
          : { found: 'unknowable', error: why };
      }
    });
  },
});

async function attemptAt(
  services: Pick<Services, 'publishers'>,
  { target, edition }: PublishTask,
): Promise<PublishAttempt> {
  const publisher = services.publishers[target.kind];
  if (!publisher) return { outcome: 'refused', error: unknownTarget(services, target) };
  const { repeatable } = publisher;
  try {
    const { cancellationSignal } = Context.current();
    return { outcome: 'published', ...(await publisher.publish(edition, target, cancellationSignal)) };
  } catch (thrown) {
    if (!(thrown instanceof TargetFailure)) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      const error = statusError('Target.LostAnswer', message);
      return { outcome: 'unknown', error, retryAfterSeconds: null, repeatable };
    }
    const { outcome, type, message, retryAfterSeconds } = thrown;
    const error = statusError(type, message);
    switch (outcome) {
      case 'later':
        return { outcome, error, retryAfterSeconds };
      case 'refused':
        return { outcome, error };
      case 'unknown':
        return { outcome, error, retryAfterSeconds, repeatable };
    }
  }
}

const unknownTarget = ({ publishers }: Pick<Services, 'publishers'>, { kind }: Target): StatusError =>
  statusError('Input.UnknownTarget', `target '${kind}' is not one of ${Object.keys(publishers).join(', ')}`);

const statusError = (type: string, message: string): StatusError => ({
  type,
  message: message.slice(0, LONGEST_MESSAGE),
  requestId: null,
});

/** A failure of a target that Temporal is to try again, after as long as the target asks for. */
export const triedLater = ({
  type,
  message,
  retryAfterSeconds,
}: Pick<TargetFailure, 'type' | 'message' | 'retryAfterSeconds'>): ApplicationFailure =>
  ApplicationFailure.create({
    type,
    message,
    nextRetryDelay: retryAfterSeconds === null ? undefined : retryAfterSeconds * 1_000,
  });
