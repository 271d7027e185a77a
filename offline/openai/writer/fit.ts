/** Shortens text to a number of characters: at the end of a sentence where that keeps most of it, else of a word. */
export function fit(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, Math.max(0, most));
  const sentence = /^[\s\S]*[.!?](?=\s|$)/.exec(cut)?.[0] ?? '';
  if (sentence.length >= most / 3) return sentence;
  const words = text
    .slice(0, most + 1)
    .replace(/(?<!\s)\s+\S*$/, '')
    .replace(/(?<![\s,;:–-])[\s,;:–-]+$/, '');
  return words.length <= most ? words : cut;
}

/** As many sentences, in order, as fit. */
export function sentences(parts: readonly string[], most: number): string {
  let text = '';
  for (const part of parts) {
    const next = text === '' ? stopped(part) : `${text} ${stopped(part)}`;
    if (next.length > most) break;
    text = next;
  }
  return text === '' ? fit(stopped(parts[0] ?? ''), most) : text;
}

/** With a full stop, unless it ends already. */
export const stopped = (text: string): string =>
  /[.!?…]["'’”)]?$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
