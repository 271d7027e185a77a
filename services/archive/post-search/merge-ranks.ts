/** How little the first places outweigh those that follow: the value of Cormack, Clarke and Büttcher (SIGIR 2009). */
const K = 60;

/**
 * One order of several, by reciprocal rank fusion: each list gives its post at place n 1/(60 + n). What the lists measure by
 * doesn't matter, so that words and meaning need no common scale. Of two alike the one that the first list has first.
 */
export function mergeRanks(lists: readonly (readonly string[])[]): string[] {
  const scores = new Map<string, number>();
  for (const list of lists)
    for (const [place, id] of list.entries()) scores.set(id, (scores.get(id) ?? 0) + 1 / (K + place + 1));
  return [...scores].toSorted(([, one], [, other]) => other - one).map(([id]) => id);
}
