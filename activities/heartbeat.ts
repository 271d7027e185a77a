import { Context } from '@temporalio/activity';

/** Well under the shortest heartbeat timeout that the workflows set (10 s). */
const EVERY_MS = 2_500;

/**
 * Runs `work` with heartbeats all through, so that a killed worker is noticed in seconds.
 *
 * @param details what a later attempt finds in `heartbeatDetails`.
 */
export async function withHeartbeat<T>(details: unknown, work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  context.heartbeat(details);
  const timer = setInterval(() => context.heartbeat(details), EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
