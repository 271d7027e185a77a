import type { HouseStyle } from '../../contract/account.js';
import { charactersOf, DRAFT_LIMITS, paragraphsOf, wordsOf } from '../../contract/draft.js';

/** The parts of a post that a person edits. */
export const FIELDS = ['title', 'body', 'caption', 'hashtags', 'altText'] as const;
export type LimitedField = (typeof FIELDS)[number];

type Unit = 'characters' | 'words' | 'paragraphs' | 'hashtags';

/** How much of something a part may have. */
export interface Limit {
  readonly field: LimitedField;
  readonly unit: Unit;
  readonly least?: number;
  readonly most?: number;
  /** Whose limit it is, in words. */
  readonly of: string;
}

/** How far a text is from a limit. */
export interface Counter extends Limit {
  readonly count: number;
  readonly holds: boolean;
  /** `263 of 240 characters`, `1 of at least 2 paragraphs`. */
  readonly words: string;
}

/** What an account asks of its texts. */
export const styleLimits = (style: HouseStyle): Limit[] => {
  const of = 'house style';
  return [
    { field: 'title', unit: 'characters', most: style.titleMaxCharacters, of },
    { field: 'body', unit: 'words', most: style.bodyMaxWords, of },
    { field: 'body', unit: 'paragraphs', least: style.bodyMinParagraphs, of },
    { field: 'caption', unit: 'characters', most: style.captionMaxCharacters, of },
    { field: 'hashtags', unit: 'hashtags', least: style.hashtagsMin, most: style.hashtagsMax, of },
    { field: 'altText', unit: 'characters', most: DRAFT_LIMITS.altText, of: 'every post' },
  ];
};

/** The counters of a part, for whatever limits there are. */
export const countersOf = (field: LimitedField, text: string, limits: readonly Limit[]): Counter[] =>
  limits
    .filter((limit) => limit.field === field)
    .map((limit) => {
      // A text as it will be stored: without space at its ends, and with the line breaks of this side of a form.
      const count = COUNT[limit.unit](text.replaceAll('\r\n', '\n').trim());
      const { least = 0, most = Infinity } = limit;
      return { ...limit, count, holds: count >= least && count <= most, words: wordsFor(count, limit) };
    });

const COUNT: Readonly<Record<Unit, (text: string) => number>> = {
  characters: charactersOf,
  words: wordsOf,
  paragraphs: (text) => paragraphsOf(text).length,
  hashtags: (text) => hashtagsIn(text).length,
};

/** The hashtags that a person typed, with or without `#`, set apart by spaces or commas. */
export const hashtagsIn = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .map((tag) => tag.replace(/^#+/, ''))
    .filter(Boolean);

function wordsFor(count: number, { unit, least, most }: Limit): string {
  if (most === undefined) return `${count} of at least ${least} ${unit}`;
  if (least === undefined || least === most) return `${count} of ${most} ${unit}`;
  return `${count} of ${least} to ${most} ${unit}`;
}
