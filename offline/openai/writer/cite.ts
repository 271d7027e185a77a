/** Ids as a prompt lists posts: 12 letters and digits, not a word of the language. */
const ID =
  /(?<![A-Za-z0-9])(?=[A-Za-z0-9]*[0-9A-Z])(?![A-Z]?[a-z]+(?![A-Za-z0-9]))[A-Za-z0-9]{12}(?![A-Za-z0-9])/g;

/** The ids of the posts whose lines share most words with the question, best first. */
export function citable(prompt: string, question: string | null): string[] {
  const asked = new Set(wordsOf(question ?? prompt.split('\n').at(-1) ?? ''));
  const found = prompt.split('\n').flatMap((line) => {
    const score = wordsOf(line).filter((word) => asked.has(word)).length;
    return [...line.matchAll(ID)].map(([id]) => ({ id, score }));
  });
  const ranked = found.sort((a, b) => b.score - a.score).map(({ id }) => id);
  return [...new Set(ranked)];
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z]{4,}/g) ?? [];
