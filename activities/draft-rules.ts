import { checkDraft, missesOf, reasonsIn } from '../contract/checks.js';
import type { PostInput } from '../contract/batch.js';
import { DRAFT_LIMITS, cutText, isHashtag, type Draft } from '../contract/draft.js';

/** Why a tidy draft can't be used at all, every reason in one line for the model; null when it can. */
export function draftProblem({ title, body, caption, imagePrompt, shot }: Draft): string | null {
  const parts: readonly [name: string, text: string | null][] = [
    ['title', title],
    ['body', body],
    ['caption', caption],
    ['prompt of the picture', imagePrompt],
    ['shot', shot],
  ];
  return reasonsIn(parts.flatMap(([name, text]) => (isEmpty(text) ? [`the ${name} is empty`] : [])));
}

/** A part of nothing but space and punctuation says nothing; null is a part that the format lacks. */
const isEmpty = (text: string | null): boolean =>
  text !== null && !/[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(text);

/** What a draft that can be used misses of the house style, a line each, for the model. */
export const draftMisses = (draft: Draft, { account, plan }: Pick<PostInput, 'account' | 'plan'>): string[] =>
  missesOf(checkDraft(draft, account.style, plan.button));

/** The most that is kept: twice what any account may ask for, so that what was cut still fails its check. */
const KEPT = {
  title: 600,
  body: 2 * DRAFT_LIMITS.body,
  caption: 10_000,
  imagePrompt: 2 * DRAFT_LIMITS.imagePrompt,
  shot: 2 * DRAFT_LIMITS.shot,
  altText: 2 * DRAFT_LIMITS.altText,
} as const;

/** Puts in order what can be put in order without loss: space, hashtags, hashtags at the end of the caption. */
export function tidyDraft(draft: Draft): Draft {
  const { caption, hashtags } = splitHashtags(tidyText(draft.caption));
  return {
    title: cutText(tidyTitle(draft.title), KEPT.title),
    body: draft.body === null ? null : cutText(tidyText(draft.body), KEPT.body),
    caption: cutText(caption, KEPT.caption),
    hashtags: tidyHashtags([...draft.hashtags, ...hashtags]),
    imagePrompt: cutText(tidyText(draft.imagePrompt), KEPT.imagePrompt),
    shot: draft.shot === null ? null : cutText(tidyText(draft.shot), KEPT.shot),
    altText: cutText(oneLine(draft.altText), KEPT.altText),
  };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Quotes or asterisks around the whole of a title are the model's way of marking it. */
const tidyTitle = (title: string): string =>
  oneLine(title).replace(/^(?:"([^"]+)"|“([^“”]+)”|\*\*([^*]+)\*\*)$/, (_all, ...parts) =>
    String(parts.slice(0, 3).find((part) => part !== undefined)).trim(),
  );

const tidyText = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/(?<![ \t])[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** The most hashtags that are kept, twice what a style may ask for: more still fail their check. */
const MOST = 60;

/**
 * Hashtags as the record keeps them: without `#`, each once whatever its case, those that a model wrote into one text apart. What
 * has spaces or punctuation in it becomes one word; where nothing of a word would be left ("C#") it stays, and fails its check.
 */
export function tidyHashtags(written: readonly string[]): string[] {
  const seen = new Set<string>();
  const tags = written.flatMap(apart).map(oneWord);
  return tags
    .filter((tag) => tag !== '' && !seen.has(tag.toLowerCase()) && seen.add(tag.toLowerCase()))
    .slice(0, MOST);
}

/** "#one #two", "one, two". */
const apart = (text: string): string[] =>
  text.split(/[,;\n]+|(?<!\s)\s+(?=#)|(?<=[\p{L}\p{M}\p{N}_])(?=#[\p{L}\p{N}_])/u).map((part) =>
    part
      .trim()
      .replace(/^[#＃\s]+/, '')
      .trim(),
  );

function oneWord(tag: string): string {
  if (isHashtag(tag)) return tag;
  const word = tag.replace(/[^\p{L}\p{M}\p{N}_]+/gu, '');
  // A sign at the end says something, as in C# or C++; between words it is a joint.
  return [...word].length >= 2 && !/[#+]/.test(tag) ? word : tag;
}

const ONLY_HASHTAGS = /^(?:[#＃][\p{L}\p{M}\p{N}_]+,?)+$/u;
const ENDS_A_SENTENCE = /[.!?…。！？]["'’”)]?$/u;

/**
 * A caption without the hashtags at its end, and those. A single one that may be a word of the last sentence stays ("We all love
 * #rust"), and so does a caption of nothing else.
 */
export function splitHashtags(caption: string): { caption: string; hashtags: string[] } {
  // Words, and the space between them at every second place.
  const parts = caption.trimEnd().split(/(\s+)/);
  let last = parts.length - 1;
  while (last >= 0 && ONLY_HASHTAGS.test(parts[last] as string)) last -= 2;
  if (last < 0) return { caption, hashtags: [] };
  const kept = parts.slice(0, last + 1).join('');
  const hashtags = tidyHashtags(parts.slice(last + 2));
  const isApart = /\n/.test(parts[last + 1] ?? '') || ENDS_A_SENTENCE.test(kept) || hashtags.length > 1;
  return kept !== '' && hashtags.length > 0 && isApart
    ? { caption: kept, hashtags }
    : { caption, hashtags: [] };
}
