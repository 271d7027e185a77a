import { isHashtag } from '../contract/draft.js';

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
