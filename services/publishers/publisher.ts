import type { Publication } from '../../contract/status.js';

/** What is published: exactly what the person approved. */
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
}

/** A place to publish to. Publishing the same edition twice must leave one publication. */
export interface Publisher {
  readonly target: string;
  publish(edition: Edition): Promise<Publication>;
}
