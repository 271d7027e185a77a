/** What came is no feed, or one that is not read. One line, in our words alone. */
export class FeedUnreadable extends Error {
  override name = 'FeedUnreadable' as const;
}
