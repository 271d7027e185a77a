import { mixProblem, type Mix } from '../contract/mix.js';
import type { HouseStyle } from '../contract/account.js';
import { bannedPhraseIn } from './banned-phrases.js';

/** One item as the planner's model gives it. */
export interface PlannedItem {
  readonly content_format: string;
  readonly title: string;
  readonly topic: string;
  readonly angle: string;
  readonly rationale: string;
  readonly news_peg: string | null;
  readonly button: string;
}

const LONGEST: Readonly<Record<'topic' | 'angle' | 'rationale' | 'news_peg' | 'button', number>> = {
  topic: 400,
  angle: 2_000,
  rationale: 2_000,
  news_peg: 1_000,
  button: 160,
};

/** Two titles are the same when they differ only in case, punctuation or space. */
export const titleKey = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What is wrong with a page of planned items, in one line for the model; null when it can be kept. */
export function planProblem(
  items: readonly PlannedItem[],
  rules: { mix: Mix; taken: readonly string[]; style: HouseStyle },
): string | null {
  const offMix = mixProblem(
    rules.mix,
    items.map((item) => item.content_format),
  );
  if (offMix) return offMix;
  const seen = new Set(rules.taken.map(titleKey));
  for (const item of items) {
    const problem =
      itemProblem(item, rules.style) ?? (seen.has(titleKey(item.title)) ? 'the title is taken' : null);
    if (problem) return `"${item.title.slice(0, 80)}": ${problem}`;
    seen.add(titleKey(item.title));
  }
  return null;
}

function itemProblem(item: PlannedItem, style: HouseStyle): string | null {
  if (titleKey(item.title) === '') return 'the title is empty';
  if (item.title.length > style.titleMaxCharacters) {
    return `the title has ${item.title.length} characters, at most ${style.titleMaxCharacters} are allowed`;
  }
  for (const field of ['topic', 'angle', 'rationale', 'button'] as const) {
    if (item[field].trim() === '') return `${field} is empty`;
  }
  for (const [field, most] of Object.entries(LONGEST)) {
    const length = (item[field as keyof typeof LONGEST] ?? '').length;
    if (length > most) return `${field} has ${length} characters, at most ${most} are allowed`;
  }
  const banned = bannedPhraseIn([item.title, item.button], style.bannedPhrases);
  return banned && `the phrase "${banned}" is banned`;
}
