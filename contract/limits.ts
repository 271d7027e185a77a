/** How much a person may say, in characters: the form, the command, the API and the workflow hold to the same. */
export const TEXT_LIMITS = {
  /** Who decides. */
  by: 100,
  /** A note, a reason, instructions. */
  note: 4_000,
  brief: 4_000,
  /** Why something that the account has told lately is wanted again. */
  repeat: 500,
  /** A reader's question. */
  question: 2_000,
  /** A text for one target alone. */
  targetText: 5_000,
} as const;

/** What a person may write in place of the model's words; far over any house style. */
export const EDIT_LIMITS = { title: 300, body: 30_000, caption: 5_000, altText: 1_000 } as const;

/** How many hashtags an edit may have. */
export const MOST_HASHTAGS = 30;
