/** The candidate that is spelled most like `word`, or null when none is close enough to be meant. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const close = candidates
    .filter((candidate) => Math.abs(candidate.length - word.length) <= mostChanges(candidate))
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= mostChanges(candidate))
    .sort((a, b) => a.distance - b.distance);
  return close[0]?.candidate ?? null;
}

/** In characters. A word that is longer or shorter by more can't be meant, and need not be compared. */
const mostChanges = (candidate: string): number => Math.max(1, Math.floor(candidate.length / 3));

/** The least number of inserted, removed and replaced characters (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
