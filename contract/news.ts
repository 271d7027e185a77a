/** One item of a planner's news feeds, as the planner is offered it. All texts are plain, one line, and bounded. */
export interface NewsItem {
  /** Where it stands: an absolute http or https address. */
  readonly url: string;
  readonly title: string;
  /** How it begins; empty where the feed says no more than its title. */
  readonly summary: string;
  /** When it was published, ISO 8601; null where the feed does not say, or says what can't be. */
  readonly publishedAt: string | null;
}

/** What became of the news that a batch was offered. */
export interface NewsOutcome {
  /** The items that posts were planned with. */
  readonly used: readonly UsedNews[];
  /** The batch is planned: nothing comes of the other items any more. */
  readonly over: boolean;
}

export interface UsedNews {
  readonly url: string;
  readonly postId: string;
}

/** The most items that a batch is offered. */
export const MOST_OFFERED = 20;
