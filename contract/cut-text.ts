import { charactersOf } from './draft.js';

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
