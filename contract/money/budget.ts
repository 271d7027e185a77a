/** The types of the errors that a post or batch blocks with over money. Nothing has been paid for the step yet. */

/** A budget does not hold the step: it takes a larger budget and a resume. */
export const OVER_BUDGET = 'Budget.Exceeded';
/** The step is dearer than what the account spends unasked: a resume pays for it. */
export const NEEDS_CONFIRMATION = 'Budget.NeedsConfirmation';
