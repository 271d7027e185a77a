import type { Account } from '../contract/account.js';
import type { RecentPost } from '../services/archive/records/records.js';
import type { Services } from '../services/services.js';
import { cutText } from '../contract/draft.js';
import { fateOf } from './freshness.js';

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

export async function readPast(services: Services, account: Account): Promise<Past> {
  const titles = await services.archive.records.listTitles(account.handle, MOST_TITLES);
  return { titles, recent: await readRecent(services, account, MOST_RECENT) };
}

/** Samples are held against samples, and posts that cost money against such. */
export async function readRecent(
  { archive, text, media, now }: Services,
  { handle, freshness }: Account,
  limit: number,
): Promise<readonly RecentPost[]> {
  if (!freshness) return [];
  return archive.records.listRecentPosts({
    account: handle,
    offline: text.offline || media.offline,
    since: new Date(now().getTime() - freshness.lookBackMs).toISOString(),
    limit,
  });
}

/** So many of the newest posts are named to the model. */
const MOST_LISTED = 30;
const LONGEST = { title: 120, topic: 120, angle: 200, reason: 120 };

/**
 * What the model is told of what the account did lately, so that it plans something else; or, where a person wants a repeat, which
 * posts may be told again and why. Empty where there is nothing to tell.
 */
export function recentWords(posts: readonly RecentPost[], repeat: string | null): string {
  const listed = posts.slice(0, MOST_LISTED).map(line).join('\n');
  const wanted =
    repeat === null
      ? ''
      : `The editor wants something told again in this batch, and says why:\n${repeat}\nAn item may repeat an earlier post where that serves it.`;
  const head =
    repeat === null
      ? 'Posts of the account lately, newest first. Repeat none of them, also not in other words: choose another subject, or make another claim.'
      : 'Posts of the account lately, newest first.';
  return [wanted, listed && `${head}\n${listed}`].filter(Boolean).join('\n\n');
}

function line(post: RecentPost): string {
  const because = post.reason === null ? '' : `, since: ${short(post.reason, LONGEST.reason)}`;
  return `- "${short(post.title, LONGEST.title)}" (${fateOf(post)}${because}): ${short(post.topic, LONGEST.topic)} ${short(post.angle, LONGEST.angle)}`;
}

const short = (text: string, most: number): string => cutText(text.replace(/\s+/g, ' ').trim(), most);
