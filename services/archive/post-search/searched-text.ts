import { pairsOf, unspacedIn, spacedIn } from '../../../contract/checks/unspaced.js';
import type { Edition } from '../../publishers/publisher.js';

/** What of an edition is searched: what readers see of it, and no more. */
export type SearchedEdition = Pick<Edition, 'title' | 'body' | 'caption' | 'hashtags' | 'altText'>;

export interface SearchedText {
  readonly title: string;
  readonly rest: string;
}

/** Far more than a post has; PostgreSQL takes no more than a megabyte of words. */
const MOST_CHARACTERS = 50_000;

/** As its words are looked for: spaced, so that the database finds words in scripts that put no space between them. */
export const searchedText = (edition: SearchedEdition): SearchedText => ({
  title: spaced(edition.title),
  rest: spaced(restOf(edition)),
});

/** As its meaning is taken. */
export const embeddedText = (edition: SearchedEdition): string =>
  `${edition.title}\n\n${restOf(edition)}`.slice(0, MOST_EMBEDDED_CHARACTERS);

/** Embedding models take 8,192 tokens, and a token may be little more than a character. */
const MOST_EMBEDDED_CHARACTERS = 8_000;

/** A question in the same way. */
export function spaced(text: string): string {
  const normal = text.normalize('NFKC').slice(0, MOST_CHARACTERS);
  const pairs = unspacedIn(normal).flatMap(pairsOf);
  return [spacedIn(normal), ...pairs].join(' ').trim();
}

const restOf = ({ body, caption, hashtags, altText }: SearchedEdition): string =>
  [body ?? '', caption, ...hashtags.map(hashtagWords), altText].join('\n');

/** `#OpenSource` is found by `open source` too. */
function hashtagWords(tag: string): string {
  const words = tag.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2');
  return words === tag ? tag : `${tag} ${words}`;
}
