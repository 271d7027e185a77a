/**
 * A model's words as plain text: no tags of the prompt, no links, no marks of Markdown, and no ids of posts, which readers see
 * as cards. An id inside a sentence becomes the post's title.
 */
export function withoutMarkup(
  answer: string,
  offered: readonly { readonly postId: string; readonly title: string }[],
): string {
  const titles = new Map(offered.map(({ postId, title }) => [postId, title]));
  const text = answer
    .replaceAll('\r\n', '\n')
    .replace(TAG, '')
    .replace(SOURCE_MARK, '')
    .replace(LINK, (_all, words: string) => (isReference(words, titles, true) ? '' : words))
    .replace(BRACKETS, (all, bracket: string, words: string) =>
      isReference(words, titles, bracket === '[') ? '' : all,
    )
    .replace(ID, (id) => (titles.has(id) ? `“${titles.get(id)}”` : id))
    .replace(/\bpost (?=“)/gi, '');
  return spaced(unmarked(text));
}

/** The tags in which a prompt sets posts and questions. */
const TAG = /<\/?(?:posts?|answer|question|earlier|reader)\b[^<>]{0,300}>/gi;
/** As some models mark their sources: 【1†post】. */
const SOURCE_MARK = /【[^【】]{0,100}】/g;
/** A link or a picture of Markdown. */
const LINK = /!?\[([^[\]]{0,200})\]\([^()\s]{0,2000}\)/g;
const BRACKETS = /([[(])([^[\]()]{1,200})[\])]/g;
const ID = /(?<![A-Za-z0-9])[A-Za-z0-9]{12}(?![A-Za-z0-9])/g;

/** What stands beside an id in brackets and says no more than it: `(see post UpkTZ26nc9Eb)`. */
const BESIDE = /^(?:see|my|posts?|ids?|sources?|cited|refs?|references?|citations?|from|and)$/i;
const LOOKS_LIKE_ID = /^(?=\D*\d)(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9]{12}$/;

/** Whether the inside of brackets only points at posts: by ids, of posts that were never offered too, or by numbers. */
function isReference(inside: string, titles: ReadonlyMap<string, string>, numbersCount: boolean): boolean {
  const words = inside.match(/[\p{L}\p{N}]+/gu) ?? [];
  const points = words.filter(
    (word) => titles.has(word) || LOOKS_LIKE_ID.test(word) || (numbersCount && /^\d{1,2}$/.test(word)),
  );
  return points.length > 0 && words.every((word) => points.includes(word) || BESIDE.test(word));
}

/** Without the marks of headings, of quotes, of code and of stress; a list keeps its lines. */
const unmarked = (text: string): string =>
  text
    .replace(/^[ \t]{0,3}(?:#{1,6}[ \t]|>[ \t]?)/gm, '')
    .replace(/^[ \t]{0,3}[*•] /gm, '- ')
    .replace(/(\*\*|__|`)(?=\S)([^*_`\n]{1,1000})\1/g, '$2')
    .replace(/(?<![\w*])\*(?=\S)([^*\n]{1,1000})\*(?![\w*])/g, '$1');

/** The space that taking away leaves behind. */
const spaced = (text: string): string =>
  text
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/(?<! ) (?=[.,;:!?](?:\s|$))/g, '')
    .replace(/(?<! ) \n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
