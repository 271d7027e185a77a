import type { TextLimit } from './target.js';

const ADDRESS = /https?:\/\/\S+/g;

/** How much of its limit a text takes: characters as people count them, an address as what the target counts it as. */
export function countText(text: string, { address }: TextLimit): number {
  const counted = address === undefined ? text : text.replaceAll(ADDRESS, 'x'.repeat(address));
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(counted)].length;
}
