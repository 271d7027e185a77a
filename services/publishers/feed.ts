import type { Publication } from '../../contract/status.js';
import type { Records } from '../archive/records/records.js';
import type { Edition, Publisher } from './publisher.js';

export interface FeedOptions {
  readonly records: Pick<Records, 'savePublication'>;
  /** Address of the desk, without a slash at the end. */
  readonly url: string;
  readonly now: () => Date;
}

/**
 * The account's own public page and feeds: publishing is a row in the archive, which the desk shows from then on. A
 * repeat finds the row of the first time and answers it.
 */
export class FeedPublisher implements Publisher {
  readonly target = 'feed';
  readonly #options: FeedOptions;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  publish(edition: Edition): Promise<Publication> {
    const { records, url, now } = this.#options;
    return records.savePublication(edition, {
      target: this.target,
      url: `${url}/@${edition.account}/posts/${edition.postId}`,
      at: now().toISOString(),
    });
  }
}
