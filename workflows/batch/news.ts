import type { NewsItem, NewsOutcome, UsedNews } from '../../contract/news.js';
import type { PlannedPost } from '../../contract/batch.js';

/** The news that a batch was offered before its first page was planned. */
export interface BatchNews {
  /** What was read and what was skipped, for people. */
  readonly note: string;
  /** What no post was planned with yet. */
  readonly open: readonly NewsItem[];
  readonly used: readonly UsedNews[];
}

export const offerNews = (items: readonly NewsItem[], note: string): BatchNews => ({
  note,
  open: items,
  used: [],
});

/** What posts were planned with is on offer no more. */
export function takeNews(news: BatchNews, posts: readonly PlannedPost[]): BatchNews {
  const taken = posts.flatMap(({ id, plan }) => (plan.newsUrl ? [{ url: plan.newsUrl, postId: id }] : []));
  const urls = new Set(taken.map(({ url }) => url));
  return {
    ...news,
    open: news.open.filter(({ url }) => !urls.has(url)),
    used: [...news.used, ...taken],
  };
}

/** @param over every page has been planned. */
export const newsOutcome = ({ used }: BatchNews, over: boolean): NewsOutcome => ({ used, over });
