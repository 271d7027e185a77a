import { postUrl } from '../../contract/address.js';
import type { Publication } from '../../contract/status.js';
import type { Records } from '../archive/records/records.js';
import type { Edition, Publisher, TargetFacts } from './publisher.js';

export interface FeedOptions {
  readonly records: Pick<Records, 'savePublication' | 'saveRemoval' | 'findPublishedPost'>;
  /** Address of the desk, without a slash at the end. */
  readonly url: string;
  readonly now: () => Date;
}

/**
 * The account's own public page and feeds: publishing is a row in the archive, which the desk shows from then on. A
 * repeat finds the row of the first time and answers it. The page of a post that is taken back is gone already, by its record;
 * here its row is marked.
 */
export class FeedPublisher implements Publisher {
  readonly kind = 'feed';
  readonly repeatable = true;
  readonly #options: FeedOptions;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  publish(edition: Edition): Promise<Publication> {
    const { records, url, now } = this.#options;
    return records.savePublication(edition, {
      target: this.kind,
      url: postUrl(url, edition.account, edition.postId),
      at: now().toISOString(),
    });
  }

  async find({ postId }: Edition): Promise<Publication | null> {
    return (await this.#options.records.findPublishedPost(postId))?.publication ?? null;
  }

  check(): Promise<TargetFacts> {
    return Promise.resolve({ as: this.#options.url, limits: [] });
  }

  async unpublish(postId: string): Promise<string> {
    const { records, now } = this.#options;
    const removedAt = now().toISOString();
    await records.saveRemoval(postId, { target: this.kind, removedAt, reason: null });
    return removedAt;
  }
}
