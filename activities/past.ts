import type { Account } from '../contract/account.js';
import type { RecentPost } from '../services/archive/records/records.js';
import type { Services } from '../services/services.js';

/** What a plan is held against of what the account did before. */
export interface Past {
  /** The newest titles, which are taken, however long ago. */
  readonly titles: readonly string[];
  /** The posts within the account's look back, newest first; none for an account that looks for no repeats. */
  readonly recent: readonly RecentPost[];
}

const MOST_TITLES = 100;
/** More than most accounts publish within their look back; of those that publish more, the newest. */
const MOST_RECENT = 500;

/** Samples are held against samples, and posts that cost money against such. */
export async function readPast(
  { archive, text, media, now }: Services,
  { handle, freshness }: Account,
): Promise<Past> {
  const titles = await archive.records.listTitles(handle, MOST_TITLES);
  if (!freshness) return { titles, recent: [] };
  const recent = await archive.records.listRecentPosts({
    account: handle,
    offline: text.offline || media.offline,
    since: new Date(now().getTime() - freshness.lookBackMs).toISOString(),
    limit: MOST_RECENT,
  });
  return { titles, recent };
}
