import { createHash } from 'node:crypto';
import type { Publication } from '../../contract/status.js';
import type { Target } from '../../contract/account.js';

/** What is published at one target: exactly what the person approved. */
export interface Edition {
  readonly postId: string;
  readonly account: string;
  readonly revision: number;
  readonly contentFormat: string;
  readonly title: string;
  readonly body: string | null;
  readonly caption: string;
  readonly hashtags: readonly string[];
  readonly altText: string;
  /** Asset names: the hero image, then the clip of a video. */
  readonly assets: readonly string[];
  /** BCP 47 tag of the language it is written in. */
  readonly language?: string;
  /** The text as it was fitted to this target, or as a person wrote it for it; null where the target takes the whole post. */
  readonly text?: string | null;
  /** When its publishing began, ISO 8601: the same on every attempt. */
  readonly at?: string;
}

/** What a target says of itself and of who signs in to it, without anything being published. */
export interface TargetFacts {
  /** Whom the credentials sign in: `@ash.example.com`. */
  readonly as: string;
  /** What it takes, in short lines for a person: `300 characters`, `pictures up to 1 MB`. */
  readonly limits: readonly string[];
}

/**
 * A kind of place to publish to. Each attempt is one; what becomes of a failed one is decided by its `TargetFailure`, in the
 * workflow. Anything else that is thrown counts as an unknown outcome.
 */
export interface Publisher {
  readonly kind: string;
  /** Whether an attempt may be repeated as it is after an unknown outcome, since the target keeps the same edition once. */
  readonly repeatable: boolean;
  /**
   * One attempt.
   *
   * @param signal ends it where it has written nothing yet
   * @throws TargetFailure
   */
  publish(edition: Edition, target: Target, signal?: AbortSignal): Promise<Publication>;
  /**
   * Looks for what an attempt with an unknown outcome left behind. Nothing is written.
   *
   * @returns null where the target certainly has none of it
   * @throws TargetFailure where that can't be known
   */
  find(edition: Edition, target: Target): Promise<Publication | null>;
  /**
   * Has a publication deleted. One that is gone already is no reason to complain.
   *
   * @returns when it was gone, ISO 8601
   * @throws ChangeRefused where the target keeps it. Anything else is worth another try
   */
  unpublish(postId: string, publication: Publication, target: Target): Promise<string>;
  /**
   * Has a publication say what a later edition says, with the picture or clip that it has. May be repeated. Left out where the kind
   * of target keeps what it was given.
   *
   * @throws TargetFailure
   */
  edit?(edition: Edition, publication: Publication, target: Target): Promise<void>;
  /** Signs in and reads its limits. @throws TargetFailure with what is wrong, in the target's own words */
  check(target: Target): Promise<TargetFacts>;
}

/**
 * - `later`: nothing was written, and it may go another time (429, 5xx before the write, refused connection);
 * - `refused`: nothing was written, and a person must mend something first (401, too long, not allowed);
 * - `unknown`: it may have been written (an answer was lost, 5xx of the write).
 */
export type TargetOutcome = 'later' | 'refused' | 'unknown';

/** Why an attempt at a target left no publication. */
export class TargetFailure extends Error {
  override name = 'TargetFailure' as const;
  readonly outcome: TargetOutcome;
  /** A dotted type for `error`: `Target.SignIn`, `Target.RateLimit`, `Target.TooLong`, … */
  readonly type: string;
  /** How long the target asks to be left alone; null where it says nothing. */
  readonly retryAfterSeconds: number | null;

  /** @param message the target's own words, in one line */
  constructor(
    outcome: TargetOutcome,
    type: string,
    message: string,
    retryAfterSeconds: number | null = null,
  ) {
    super(message);
    [this.outcome, this.type, this.retryAfterSeconds] = [outcome, type, retryAfterSeconds];
  }
}

/** @throws TargetFailure where an attempt was given up: another may be under way, or none is wanted any more */
export function throwIfGivenUp(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new TargetFailure('later', 'Target.GivenUp', 'the attempt was given up before it wrote');
}

/** A target that keeps a publication as it is, and why, in one clause. Asked again it would say the same. */
export class ChangeRefused extends Error {
  override name = 'ChangeRefused' as const;
}

/** Has a target change what it has. @throws ChangeRefused where it refuses; what else `work` throws */
export async function askToChange(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof TargetFailure && error.outcome === 'refused') throw new ChangeRefused(error.message);
    throw error;
  }
}

/** A word for one revision of a post at one target: the same on every attempt, and nobody else's. 64 hexadecimal digits. */
export const editionKey = ({ postId, revision }: Edition, { name }: Target): string =>
  keyOf([postId, name, revision]);

/** The same for whatever else is done once. */
export const keyOf = (facts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('hex');
