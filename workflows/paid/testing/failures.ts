import {
  ActivityFailure,
  ApplicationFailure,
  RetryState,
  TimeoutFailure,
  TimeoutType,
} from '@temporalio/common';

const failed = (state: RetryState, cause: Error) =>
  new ActivityFailure('Activity task failed', 'draft', '1', state, 'worker', cause);

/** The end of a call whose worker died. */
export const died = failed(
  RetryState.TIMEOUT,
  new TimeoutFailure('heartbeat', undefined, TimeoutType.HEARTBEAT),
);
/** The end of one that failed for a reason of ours. */
export const bug = failed(RetryState.MAXIMUM_ATTEMPTS_REACHED, ApplicationFailure.nonRetryable('disk full'));
