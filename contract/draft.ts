/** The written part of a post, as its steps and the checks share it. */

import type { Check } from './checks.js';

/** What the drafter's model wrote, tidied. `hashtags` without `#`. */
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
  /** What it missed where it was written, of what only the archive can tell; left out where nothing. */
  readonly checks?: readonly Check[];
}

/** The most characters of a draft's parts, whatever the account's style: what pages, targets and media models take. */
export const DRAFT_LIMITS = { body: 30_000, imagePrompt: 2_000, shot: 2_000, altText: 1_000 } as const;

/** The most characters of a hashtag. */
export const HASHTAG_CHARACTERS = 60;

/** Whether a hashtag, without its `#`, is one word that every target links as a whole. */
export const isHashtag = (tag: string): boolean =>
  /^[\p{L}\p{M}\p{N}_]+$/u.test(tag) && charactersOf(tag) <= HASHTAG_CHARACTERS;

/** Characters as a reader counts them, an emoji as one or few, as JSON Schema's `maxLength` does. */
export const charactersOf = (text: string): number => [...text].length;

export const wordsOf = (text: string): number => text.split(/\s+/).filter(Boolean).length;

/** The paragraphs of a text, which blank lines part. */
export const paragraphsOf = (text: string): string[] =>
  text.split(/\n\s*\n/).filter((part) => part.trim() !== '');

/** The part of the room that a cut fills at the least: a boundary before that is passed over. */
const LEAST_KEPT = 0.6;

/**
 * A text of at most so many characters: whole where it fits, else up to the end of a sentence, or with `…` after a word. A
 * script without spaces is cut after a character.
 */
export function cutText(text: string, most: number): string {
  if (charactersOf(text) <= most) return text;
  const kept = [...text].slice(0, most).join('');
  const least = kept.length * LEAST_KEPT;
  const sentence = /^[^]*(?:[.!?…](?=\s)|[。！？])/u.exec(`${kept} `)?.[0] ?? '';
  if (sentence.length >= least && sentence.length <= kept.length) return sentence;
  // Room for the mark.
  const short = [...kept].slice(0, -1).join('');
  const words = /\s/.test([...text][most - 1] ?? '') ? short : short.replace(/(?<!\s)\s+\S*$/, '');
  return `${(words.length >= least ? words : short).replace(/(?<![\s,;:–—-])[\s,;:–—-]+$/, '')}…`;
}
