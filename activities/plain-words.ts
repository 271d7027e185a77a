const SIGNS: Readonly<Record<string, string>> = {
  '👋': ' hi ',
  '🙏': ' thanks ',
  '❤': ' thanks ',
  '👍': ' ok ',
};

/** Words without case, accents, apostrophes and other signs; of a letter that is held down one stays: `Hiii!` is `hi`. */
export const plainWords = (text: string): string[] =>
  text
    .replace(/👋|🙏|❤|👍/gu, (sign) => SIGNS[sign] ?? ' ')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/['’`\p{M}]/gu, '')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .match(/[\p{L}\p{N}]+/gu) ?? [];
