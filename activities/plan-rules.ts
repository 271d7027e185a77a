import { reasonsIn, type Check } from '../contract/checks.js';
import { mixProblem, type Mix } from '../contract/mix.js';
import type { HouseStyle } from '../contract/account.js';
import { bannedDetail } from '../contract/checks/rules.js';
import { charactersOf, cutText } from '../contract/draft.js';

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

type Field = 'title' | 'topic' | 'angle' | 'rationale' | 'news_peg' | 'button';

/** The most characters of a plan's fields; of a title the account's style says it. */
export const LONGEST: Readonly<Record<Exclude<Field, 'title'>, number>> = {
  topic: 400,
  angle: 2_000,
  rationale: 2_000,
  news_peg: 1_000,
  button: 160,
};

/** The fields as the record and its checks name them. */
const NAMES: Readonly<Record<Field, { readonly rule: string; readonly words: string }>> = {
  title: { rule: 'plan.title', words: 'title' },
  topic: { rule: 'plan.topic', words: 'topic' },
  angle: { rule: 'plan.angle', words: 'angle' },
  rationale: { rule: 'plan.rationale', words: 'rationale' },
  news_peg: { rule: 'plan.newsPeg', words: 'news peg' },
  button: { rule: 'plan.button', words: 'button' },
};

/** An item that fits, and what it missed: a plan is not paid for twice for what can be cut or read over. */
export interface CutItem {
  readonly item: PlannedItem;
  /** The misses alone. */
  readonly checks: readonly Check[];
}

/** Puts the space of an item in order and cuts what is too long, each cut with a check. */
export function cutItem(item: PlannedItem, style: HouseStyle): CutItem {
  const most: Readonly<Record<Field, number>> = { title: style.titleMaxCharacters, ...LONGEST };
  const checks: Check[] = [];
  const cut = { ...item };
  for (const field of Object.keys(NAMES) as Field[]) {
    const written = item[field];
    if (written === null) continue;
    const text = MAY_HAVE_LINES.has(field) ? written.trim() : written.replace(/\s+/g, ' ').trim();
    cut[field] = cutText(text, most[field]);
    if (cut[field] === text) continue;
    const { rule, words } = NAMES[field];
    const detail = `the plan’s ${words} had ${charactersOf(text)} characters and was cut to ${most[field]}`;
    checks.push({ rule, ok: false, detail });
  }
  const banned = bannedDetail([item.title, item.button], style.bannedPhrases);
  if (banned !== null) checks.push({ rule: 'plan.banned', ok: false, detail: `in the plan ${banned}` });
  return { item: cut, checks };
}

const MAY_HAVE_LINES: ReadonlySet<Field> = new Set(['angle', 'rationale']);
