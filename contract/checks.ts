import type { HouseStyle } from './account.js';
import { RULES } from './checks/rules.js';
import type { Draft } from './draft.js';

/** One rule of the house style held against a plan or a draft: advice to the person who decides, never a wall. */
export interface Check {
  /** `title.length`, `hashtags.count`, `plan.button`: the part, then what of it. */
  readonly rule: string;
  readonly ok: boolean;
  /** What to mend, in one line with the figures; null where the rule holds. */
  readonly detail: string | null;
}

/**
 * Holds a draft against the house style, one check a rule, in the order of the draft's parts. Rules that are not for this draft
 * (a body where the format has none) or that the style does not ask for (`button`) are left out.
 */
export function checkDraft(draft: Draft, style: HouseStyle, button: string): Check[] {
  return Object.entries(RULES).flatMap(([rule, verdict]) => {
    const detail = verdict(draft, style, button);
    return detail === undefined ? [] : [{ rule, ok: detail === null, detail }];
  });
}

export const failedChecks = (checks: readonly Check[]): Check[] => checks.filter((check) => !check.ok);

/** The most characters of reasons that a model is told, and that a record keeps. */
const LONGEST_REASONS = 1_000;

/** Everything that was missed, a line each, for the model. */
export const missesOf = (checks: readonly Check[]): string[] =>
  failedChecks(checks).map(({ rule, detail }) => detail ?? rule);

/** Reasons as one line of bounded length; null when there are none. */
export function reasonsIn(reasons: readonly string[]): string | null {
  if (reasons.length === 0) return null;
  const line = reasons.map((reason) => reason.replace(/[\s\p{Cc}]+/gu, ' ').trim()).join('; ');
  return line.length <= LONGEST_REASONS ? line : `${line.slice(0, LONGEST_REASONS - 1)}…`;
}
