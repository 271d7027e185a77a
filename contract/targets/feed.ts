import type { TargetKind } from './target.js';

/** The account's own public page with its feeds, which shows the whole post. */
export const feed: TargetKind = {
  kind: 'feed',
  settings: {},
  fit: null,
  refuses: () => 'the feed shows the whole post, and has no text of its own',
};
