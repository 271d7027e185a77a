/** How many questions a page suggests. */
export const SUGGESTED = 3;

const QUESTION = /[?？؟]$/u;
const BEGINS_ONE = /^(?:why|how|what|when|where|who|which)\b/i;

/**
 * What a reader may ask, made from the newest posts' titles: a title that is a question is asked as it stands, one that begins like
 * an English one gets its mark, any other is asked about. In other languages the title alone is the question.
 *
 * @param titles the newest first
 * @param language BCP 47 tag of the language that they are in
 */
export function suggestedQuestions(titles: readonly string[], language: string): string[] {
  const isEnglish = /^en\b/i.test(language);
  const questions = titles
    .map((title) => title.replace(/\s+/g, ' ').trim())
    .filter((title) => title !== '')
    .map((title) => (isEnglish && !QUESTION.test(title) ? inEnglish(title) : title));
  return [...new Set(questions)].slice(0, SUGGESTED);
}

function inEnglish(title: string): string {
  const bare = title.replace(/(?<![\s.!…:;,])[\s.!…:;,]+$/u, '');
  return BEGINS_ONE.test(bare) ? `${bare}?` : `What is “${bare}” about?`;
}
