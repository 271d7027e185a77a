/** What goes first of what waits in a queue: Temporal's `priorityKey`. Whatever has none is in the middle, at 3. */
const PRIORITY = { first: 1, last: 5 } as const;

/** A post that is approved goes out before what is still being made. */
export const PUBLISH_FIRST = { priorityKey: PRIORITY.first } as const;

/**
 * How a workflow and its activities stand among others: each account in its turn, where the server shares by `fairnessKey`, and a
 * reader's question before all else, a delivery after it.
 */
export const priorityOf = (account: string, place?: keyof typeof PRIORITY) => ({
  ...(place && { priorityKey: PRIORITY[place] }),
  // A handle has 30 characters at most; Temporal takes 64 bytes.
  fairnessKey: account,
});
