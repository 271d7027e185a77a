/** A key of the line may be named, however long it is. */
const LONGEST_PROBLEM = 400;

/** A line of a dump that can't be loaded: which one, and why. */
export class UnreadableLine extends Error {
  override name = 'UnreadableLine' as const;
  /** @param line counted from 1 */
  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem.slice(0, LONGEST_PROBLEM)}`);
  }
}
