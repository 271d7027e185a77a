/** Whether a text has more characters, as a person counts them, than that. Takes no longer for one that has far more. */
export function hasMoreGraphemes(text: string, most: number): boolean {
  // A character has at least one unit.
  if (text.length <= most) return false;
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)[Symbol.iterator]();
  for (let count = 0; count <= most; count += 1) if (graphemes.next().done) return false;
  return true;
}
