import { Context } from '@temporalio/activity';

/** Well under the shortest heartbeat timeout that the workflows set (10 s). */
const EVERY_MS = 2_500;

/**
 * Runs `work` with heartbeats all through, so that a killed worker is noticed in seconds.
 *
 * @param details what a later attempt finds in `heartbeatDetails`.
 * @param work is given what changes the details, and tells them at once.
 */
export async function withHeartbeat<T>(
  details: unknown,
  work: (tell: (details: unknown) => void) => Promise<T>,
): Promise<T> {
  const context = Context.current();
  let told = details;
  const tell = (next: unknown): void => {
    told = next;
    context.heartbeat(told);
  };
  tell(details);
  const timer = setInterval(() => context.heartbeat(told), EVERY_MS);
  try {
    return await work(tell);
  } finally {
    clearInterval(timer);
  }
}
