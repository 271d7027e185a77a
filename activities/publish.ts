import { ApplicationFailure } from '@temporalio/common';
import type { Publication } from '../contract/status.js';
import type { Edition } from '../services/publishers/publisher.js';
import type { Services } from '../services/services.js';
import { withHeartbeat } from './heartbeat.js';

export type { Edition } from '../services/publishers/publisher.js';

export interface PublishTask {
  readonly target: string;
  readonly edition: Edition;
}

export const createPublish = (services: Services) => ({
  /** Publishes an approved edition to one target. Nothing stands after the publisher's call. */
  publish({ target, edition }: PublishTask): Promise<Publication> {
    const publisher = services.publishers[target];
    if (!publisher) {
      const known = Object.keys(services.publishers).join(', ');
      throw ApplicationFailure.nonRetryable(
        `target '${target}' is not one of ${known}`,
        'Input.UnknownTarget',
      );
    }
    return withHeartbeat(null, () => publisher.publish(edition));
  },
});
