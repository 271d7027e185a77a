import { Context } from '@temporalio/activity';

/** Most activities are over by then, text of a model among them, and have beaten never: each beat is an action that Temporal Cloud bills. */
const FIRST_MS = 8_000;
/** Half of the shortest heartbeat timeout that the workflows set (20 s). */
const EVERY_MS = 10_000;

/**
 * Runs `work` with heartbeats while it lasts, so that a killed worker is noticed in seconds.
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
  const beat = (): void => {
    tell(told);
    timer = setTimeout(beat, EVERY_MS);
  };
  let timer = setTimeout(beat, FIRST_MS);
  try {
    return await work(tell);
  } finally {
    clearTimeout(timer);
  }
}
