import { cutText } from '../contract/cut-text.js';
import { DRAFT_LIMITS, type Draft } from '../contract/draft.js';
import { splitHashtags, tidyHashtags } from './tidy-hashtags.js';

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
