/** How long a history is, as Temporal tells it. */
export interface History {
  /** Events. */
  readonly historyLength: number;
  /** Bytes. */
  readonly historySize: number;
  readonly continueAsNewSuggested: boolean;
}

export interface Longest {
  readonly events: number;
  readonly bytes: number;
  /** A run that begins with much must get somewhere all the same: bytes don't count before so many events. */
  readonly leastEvents: number;
}

/** Whether a workflow that carries its whole state over should continue as new. */
export function isLong(
  { historyLength, historySize, continueAsNewSuggested }: History,
  longest: Longest,
): boolean {
  if (continueAsNewSuggested || historyLength > longest.events) return true;
  return historySize > longest.bytes && historyLength > longest.leastEvents;
}
