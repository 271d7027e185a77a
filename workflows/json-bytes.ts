/** What a control character or half of a pair takes, as `\u0001`. */
export const DEAREST_CHARACTER = 6;

/** How long the text is as JSON in UTF-8, in bytes without its quotes; never less than it is. */
export function jsonBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += characterBytes(character);
  return bytes;
}

export function characterBytes(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) return DEAREST_CHARACTER;
  if (character === '"' || character === '\\') return 2;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
