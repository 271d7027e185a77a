/** What lists say of what the stand-ins made; `contract/sample-words.ts` says which parts. */
export const OFFLINE_NOTICE = 'offline sample';

/** The caption as readers get it: the text, then the hashtags. */
export function captionWithHashtags(post: { caption: string; hashtags: readonly string[] }): string {
  return [post.caption, ...post.hashtags.map((tag) => `#${tag}`)].filter((part) => part !== '').join(' ');
}

/** The paragraphs of a body, which are set apart by blank lines. */
export const paragraphs = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean);
