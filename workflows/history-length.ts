/** How long a history is, as Temporal tells it. */
export interface History {
  /** Events. */
  readonly historyLength: number;
  /** Bytes. */
  readonly historySize: number;
  readonly continueAsNewSuggested: boolean;
}
