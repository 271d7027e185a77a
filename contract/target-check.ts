/** What came of signing in to a target of an account, without anything being published. */
export interface TargetCheck {
  /** The account's file. */
  readonly file: string;
  /** Where in it the target stands. */
  readonly line: number;
  readonly target: string;
  /** Whom its credentials sign in; null where they don't, or where it could not be asked. */
  readonly as: string | null;
  /** What it takes, in short lines for a person. */
  readonly limits: readonly string[];
  /** Why not, in one clause; null where all is well. */
  readonly problem: string | null;
  /** Whether it is the file or its credentials that must be mended; else the target could not be asked. */
  readonly isWrong: boolean;
}
