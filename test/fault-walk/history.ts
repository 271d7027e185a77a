import type { WorkflowHandle } from '@temporalio/client';

/** The last failure of an activity that Temporal tried again. */
export interface Retry {
  readonly type: string | null;
  readonly message: string;
}

export async function retriesOf(handle: WorkflowHandle): Promise<Retry[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).flatMap(({ activityTaskStartedEventAttributes: started }) => {
    const failure = started?.lastFailure;
    if (!failure) return [];
    const type = failure.applicationFailureInfo?.type ?? null;
    return [{ type, message: failure.message ?? '' }];
  });
}

/** The timers that a workflow slept by, in ms. */
export async function waitsOf(handle: WorkflowHandle): Promise<number[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).flatMap(({ timerStartedEventAttributes: timer }) => {
    const { seconds, nanos } = timer?.startToFireTimeout ?? {};
    const ms = Number(seconds ?? 0) * 1_000 + Number(nanos ?? 0) / 1e6;
    // A batch looks for news once a day.
    return timer && ms < 86_400_000 ? [ms] : [];
  });
}
