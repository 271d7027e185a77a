import type { HouseStyle } from '../contract/account.js';
import { bannedPhraseIn } from './banned-phrases.js';

/** The written part of a post. `hashtags` without `#`. */
export interface Draft {
  readonly title: string;
  /** Null for a format without an article. */
  readonly body: string | null;
  readonly caption: string;
  readonly hashtags: readonly string[];
  readonly imagePrompt: string;
  /** What moves, for a clip; null without one. */
  readonly shot: string | null;
  readonly altText: string;
}

const LONGEST_PROMPT = 2_000;
const LONGEST_ALT_TEXT = 1_000;
const LONGEST_BODY = 30_000;

/** Space put in order, so that the rules and the reader see the same text. */
export function tidyDraft(draft: Draft): Draft {
  return {
    ...draft,
    title: draft.title.replace(/\s+/g, ' ').trim(),
    body: draft.body && tidyText(draft.body),
    caption: tidyText(draft.caption),
    hashtags: draft.hashtags.map((tag) => tag.trim().replace(/^#+/, '')),
    altText: draft.altText.replace(/\s+/g, ' ').trim(),
  };
}

const tidyText = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

export const paragraphsOf = (body: string): string[] =>
  body.split(/\n\s*\n/).filter((part) => part.trim() !== '');
const wordsOf = (text: string): number => text.split(/\s+/).filter(Boolean).length;
const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1).trim();

/** Where a tidy draft breaks the account's house style, in one line for the model; null when it can be kept. */
export function draftProblem(draft: Draft, style: HouseStyle, button: string): string | null {
  const { title, body, caption, hashtags } = draft;
  if (title === '') return 'the title is empty';
  if (title.length > style.titleMaxCharacters) {
    return `the title has ${title.length} characters, at most ${style.titleMaxCharacters} are allowed`;
  }
  if (caption === '') return 'the caption is empty';
  if (caption.length > style.captionMaxCharacters) {
    return `the caption has ${caption.length} characters, at most ${style.captionMaxCharacters} are allowed`;
  }
  const problem =
    (body !== null && bodyProblem(body, style)) || hashtagProblem(hashtags, style) || promptProblem(draft);
  if (problem) return problem;
  if (style.buttonLast && lastLine(body ?? caption) !== button.trim()) {
    return `the last line of the ${body === null ? 'caption' : 'body'} is not the button "${button}" on a line of its own`;
  }
  const banned = bannedPhraseIn([title, body ?? '', caption], style.bannedPhrases);
  return banned && `the phrase "${banned}" is banned`;
}

function bodyProblem(body: string, style: HouseStyle): string | null {
  const paragraphs = paragraphsOf(body).length;
  if (paragraphs < style.bodyMinParagraphs) {
    return `the body has ${paragraphs} paragraphs, at least ${style.bodyMinParagraphs} are asked for`;
  }
  const words = wordsOf(body);
  if (words > style.bodyMaxWords || body.length > LONGEST_BODY) {
    return `the body has ${words} words, at most ${style.bodyMaxWords} are allowed`;
  }
  return null;
}

function hashtagProblem(hashtags: readonly string[], style: HouseStyle): string | null {
  const { length } = hashtags;
  if (length < style.hashtagsMin || length > style.hashtagsMax) {
    return `there are ${length} hashtags, between ${style.hashtagsMin} and ${style.hashtagsMax} are asked for`;
  }
  const odd = hashtags.find((tag) => !/^[\p{L}\p{N}_]{1,60}$/u.test(tag));
  return odd === undefined
    ? null
    : `the hashtag "${odd.slice(0, 60)}" is not one word of letters, digits and _`;
}

function promptProblem({ imagePrompt, shot, altText }: Draft): string | null {
  if (imagePrompt.trim() === '' || shot?.trim() === '')
    return 'the prompt of the picture or the shot is empty';
  if (imagePrompt.length > LONGEST_PROMPT || (shot?.length ?? 0) > LONGEST_PROMPT) {
    return `the prompt of the picture or the shot has over ${LONGEST_PROMPT} characters`;
  }
  if (altText === '' || altText.length > LONGEST_ALT_TEXT)
    return `the alt text is empty or over ${LONGEST_ALT_TEXT} characters`;
  return null;
}
