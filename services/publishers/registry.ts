import { BlueskyPublisher, type BlueskyOptions } from './bluesky.js';
import { FeedPublisher, type FeedOptions } from './feed.js';
import { MastodonPublisher, type MastodonOptions } from './mastodon.js';
import type { Publisher } from './publisher.js';
import { WebhookPublisher, type WebhookOptions } from './webhook.js';

/** What publishers are made with. */
export type PublisherOptions = FeedOptions & BlueskyOptions & MastodonOptions & WebhookOptions;

/** Every publisher by its kind. A new target is one file and one line here, and one each in `contract/targets/`. */
export function publishersFor(options: PublisherOptions): Readonly<Record<string, Publisher>> {
  const publishers: readonly Publisher[] = [
    new FeedPublisher(options),
    new BlueskyPublisher(options),
    new MastodonPublisher(options),
    new WebhookPublisher(options),
  ];
  return Object.fromEntries(publishers.map((publisher) => [publisher.kind, publisher]));
}
