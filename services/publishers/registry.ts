import type { FeedOptions } from './feed.js';
import { FeedPublisher } from './feed.js';
import type { Publisher } from './publisher.js';

/** Every publisher by the name of its target. A new target is one file and one line here. */
export function publishersFor(options: FeedOptions): Readonly<Record<string, Publisher>> {
  const publishers: readonly Publisher[] = [new FeedPublisher(options)];
  return Object.fromEntries(publishers.map((publisher) => [publisher.target, publisher]));
}
