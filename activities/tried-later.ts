import { ApplicationFailure } from '@temporalio/common';
import type { TargetFailure } from '../services/publishers/publisher.js';

/** A failure of a target that Temporal is to try again, after as long as the target asks for. */
export const triedLater = ({
  type,
  message,
  retryAfterSeconds,
}: Pick<TargetFailure, 'type' | 'message' | 'retryAfterSeconds'>): ApplicationFailure =>
  ApplicationFailure.create({
    ...{ type, message },
    nextRetryDelay: retryAfterSeconds === null ? undefined : retryAfterSeconds * 1_000,
  });
