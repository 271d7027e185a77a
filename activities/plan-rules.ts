import { reasonsIn } from '../contract/checks.js';
import { mixProblem, type Mix } from '../contract/mix.js';

/** One item as the planner's model gives it. */
export interface PlannedItem {
  readonly content_format: string;
  readonly title: string;
  readonly topic: string;
  readonly angle: string;
  readonly rationale: string;
  readonly news_peg: string | null;
  readonly button: string;
  /** How it names the news that it was offered; null, as when left out, for none. */
  readonly news_url?: string | null;
}

/** Two titles are the same when they differ only in case, punctuation or space. */
export const titleKey = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

/**
 * Why a page of planned items, already cut, can't be used: off the mix, without words, a title that is taken. Every reason in
 * one line for the model; null when it can.
 */
export function planProblem(
  items: readonly PlannedItem[],
  rules: { readonly mix: Mix; readonly taken: readonly string[] },
): string | null {
  const offMix = mixProblem(
    rules.mix,
    items.map((item) => item.content_format),
  );
  const seen = new Set(rules.taken.map(titleKey));
  const problems = items.flatMap((item, at) => {
    const key = titleKey(item.title);
    const mine = [...emptyFields(item), ...(key !== '' && seen.has(key) ? ['the title is taken'] : [])];
    seen.add(key);
    const name = key === '' ? `item ${at + 1}` : `"${item.title.slice(0, 80)}"`;
    return mine.length > 0 ? [`${name}: ${mine.join(', ')}`] : [];
  });
  return reasonsIn([...(offMix === null ? [] : [offMix]), ...problems]);
}

const emptyFields = (item: PlannedItem): string[] =>
  (['title', 'topic', 'angle', 'rationale', 'button'] as const)
    .filter((field) => titleKey(item[field]) === '')
    .map((field) => `the ${field} is empty`);
