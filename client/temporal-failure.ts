/** What became of a call to Temporal, as far as a person can act on it. */
export type TemporalFailure =
  | 'no_namespace'
  | 'not_found'
  | 'used'
  | 'refused'
  | 'interrupted'
  | 'no_poller'
  | 'timeout'
  | 'no_server'
  | 'denied'
  | 'other';

/** The SDK's errors by their literal name. Reading names keeps this file free of the SDK, which is slow to load. */
const BY_NAME: Readonly<Record<string, TemporalFailure>> = {
  NamespaceNotFoundError: 'no_namespace',
  WorkflowNotFoundError: 'not_found',
  WorkflowExecutionAlreadyStartedError: 'used',
  ScheduleNotFoundError: 'not_found',
  ScheduleAlreadyRunning: 'used',
  WorkflowUpdateFailedError: 'refused',
  WorkflowUpdateRPCTimeoutOrCancelledError: 'timeout',
};

/** gRPC status codes, https://grpc.io/docs/guides/status-codes/ */
const BY_CODE: Readonly<Record<number, TemporalFailure>> = {
  4: 'timeout',
  5: 'not_found',
  7: 'denied',
  14: 'no_server',
  16: 'denied',
};

/** Sorts an error of the SDK, or of the gRPC call that caused it. */
export function readTemporalFailure(error: unknown): TemporalFailure {
  for (let link: unknown = error; link instanceof Error; link = link.cause) {
    // FAILED_PRECONDITION with "no poller seen for task queue recently, worker may be down" (temporal#5252).
    if (/no poller/i.test(link.message)) return 'no_poller';
    // FAILED_PRECONDITION, for an update in a turn that a signal overtook just as the workflow was to end or continue as new.
    if (/unexpected workflow task failure/i.test(link.message)) return 'interrupted';
    // FAILED_PRECONDITION of an update-with-start, whose reason the server keeps to itself.
    if (/update-with-start could not be executed/i.test(link.message) && codeOf(link) === 9)
      return 'interrupted';
    if (/namespace .*not found/i.test(link.message)) return 'no_namespace';
    // Connection.connect says so in words, without a code.
    if (/before the deadline/i.test(link.message)) return 'timeout';
    const found = BY_NAME[link.name] ?? BY_CODE[codeOf(link)];
    if (found) return found;
  }
  return 'other';
}

/** Of gRPC; -1 for an error of another kind. */
const codeOf = (error: Error): number => (error as { code?: number }).code ?? -1;

/** The words of the innermost cause, where the reason stands: a validator's sentence, a server's detail. */
export function reasonOf(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause;
  const detail = (innermost as { details?: unknown }).details;
  if (typeof detail === 'string' && detail !== '') return detail;
  return innermost instanceof Error ? innermost.message : String(innermost);
}
