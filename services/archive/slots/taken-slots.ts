/** Which post asks, and which of its words this is. */
export interface SlotRequest {
  readonly postId: string;
  /** A handle. */
  readonly account: string;
  /**
   * Grows with each word of the post: an earlier one that comes late changes nothing, and one that comes twice is answered
   * the same twice.
   */
  readonly sequence: number;
}

/** A moment that a post has. */
export interface TakenSlot {
  /** ISO 8601. */
  readonly at: string;
  readonly postId: string;
  /** Null while the archive has no record of the post. */
  readonly title: string | null;
  /** Another post had the moment already; this one was told to go out then all the same. */
  readonly beside: boolean;
}

/**
 * Which post goes out when: one post a moment, whatever asks at the same time. A post has one moment at most, and a moment
 * that has gone by stays with the post that had it.
 */
export interface TakenSlots {
  /**
   * Gives a post the first moment that no post of the account has, in place of the one that it has, which does not count as
   * free for it.
   *
   * @param moments ISO 8601, in order; looked at as far as needed
   * @returns the moment; null when all are taken, or when a later word of the post has taken this one's place
   */
  takeNext(request: SlotRequest, moments: Iterable<string>): Promise<string | null>;
  /** Gives a post the moment that a person named. Where another has it, the post goes out beside it, and keeps the moment after it. */
  takeAt(request: SlotRequest, at: string): Promise<void>;
  /** From here on the post has none. */
  giveBack(request: SlotRequest): Promise<void>;
  /** Gives back the moments to come of posts whose workflows have ended without a word. */
  freeEnded(postIds: readonly string[]): Promise<void>;
  /**
   * Changes the moments of two posts of one account, with nobody in between. Their workflows are told after it, by a
   * `reschedule` each, to a moment that is theirs by then.
   *
   * @returns false, with nothing changed, where one of them has none
   */
  swap(postId: string, otherId: string): Promise<boolean>;
  /** The moments that posts have, from one on and before another, in order. */
  list(query: {
    readonly account: string;
    readonly from: string;
    readonly until: string;
  }): Promise<readonly TakenSlot[]>;
}
