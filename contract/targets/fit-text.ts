import type { Fitted, PostWords, TextLimit } from './target.js';

/** Whether a text has more characters, as a person counts them, than that. Takes no longer for one that has far more. */
export function hasMoreGraphemes(text: string, most: number): boolean {
  // A character has at least one unit.
  if (text.length <= most) return false;
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)[Symbol.iterator]();
  for (let count = 0; count <= most; count += 1) if (graphemes.next().done) return false;
  return true;
}

const ADDRESS = /https?:\/\/\S+/g;

/** How much of its limit a text takes: characters as people count them, an address as what the target counts it as. */
export function countText(text: string, { address }: TextLimit): number {
  const counted = address === undefined ? text : text.replaceAll(ADDRESS, 'x'.repeat(address));
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(counted)].length;
}

/**
 * Fits a post to what a target takes: the caption, the link to the post's page, then what there is room for of the disclosure and of
 * the hashtags, in this order, and the mark of a sample at its end. Only a caption is ever shortened, at the end of a word; anything else is there whole or not at all.
 *
 * @param fits whether the target takes a text; one that is shorter is taken too.
 */
export function fitText(words: PostWords, fits: (text: string) => boolean): Fitted {
  const { caption, link, disclosure, hashtags, mark } = words;
  const left: string[] = [];
  const joined = (...pieces: readonly string[]): string =>
    [...pieces, link, mark].filter(Boolean).join('\n\n');
  const text = longestThatFits(caption.trim(), (shortened) => fits(joined(shortened)));
  if (text !== caption.trim()) left.push(text === '' ? 'the caption' : 'the end of the caption');
  const tail: string[] = [];
  const add = (piece: string, name: string): void => {
    if (fits(joined(text, ...tail, piece))) tail.push(piece);
    else left.push(name);
  };
  if (disclosure !== null) add(disclosure, 'the disclosure');
  const tags = hashtags.map((tag) => `#${tag}`);
  let kept = tags.length;
  while (kept > 0 && !fits(joined(text, ...tail, tags.slice(0, kept).join(' ')))) kept -= 1;
  if (kept > 0) tail.push(tags.slice(0, kept).join(' '));
  if (kept < tags.length)
    left.push(kept === 0 ? 'the hashtags' : `the last ${tags.length - kept} of ${tags.length} hashtags`);
  return { text: joined(text, ...tail), left };
}

/** The whole text, or as many of its words as fit with an ellipsis behind them; empty where not even one does. */
function longestThatFits(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const ends = wordEnds(text);
  const shortened = (end: number | undefined): string =>
    end === undefined ? '' : `${text.slice(0, end).replace(/[.,;:!?–—、。，！？-]$/u, '')}…`;
  let [kept, tooMany] = [0, ends.length + 1];
  while (tooMany - kept > 1) {
    const words = Math.floor((kept + tooMany) / 2);
    if (fits(shortened(ends[words - 1]))) kept = words;
    else tooMany = words;
  }
  return shortened(ends[kept - 1]);
}

/** Scripts whose words no space parts. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}、。，！？]$/u;

/** Where a word ends, except the last of the text: before a space, and within a script that has none by its dictionary. */
function wordEnds(text: string): number[] {
  const ends: number[] = [];
  for (const { index, segment } of new Intl.Segmenter('en', { granularity: 'word' }).segment(text)) {
    const end = index + segment.length;
    if (segment.trim() === '' || end === text.length) continue;
    if (/^\s/u.test(text.slice(end, end + 1)) || UNSPACED.test(segment)) ends.push(end);
  }
  return ends;
}
