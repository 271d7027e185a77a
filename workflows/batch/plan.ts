import type { PlannedPost } from '../../contract/batch.js';
import { type Mix, splitMix } from '../../contract/mix.js';
import type { Charge } from '../../contract/money/charge.js';
import { type Cell, focus } from '../cell.js';
import { type PaidRow, newPaidRow } from '../paid/row.js';
import type { NewsItem, NewsOutcome, UsedNews } from '../../contract/news.js';

/** One page of the plan. */
export interface PlanRow extends PaidRow {
  readonly state: 'running' | 'done' | 'failed';
}

/** What is planned. */
export interface BatchPlan {
  /** One a page that has been begun. */
  readonly pages: readonly PlanRow[];
  /** Planned and not yet started. */
  readonly queue: readonly PlannedPost[];
  /** What the newest page planned: its posts may not be on record when the next one is planned. */
  readonly lastPage?: readonly PlannedIdea[];
  /** A stand-in makes some of the batch. */
  readonly offline: boolean;
  /** A person has said to pay for the next page although it is dear. */
  readonly confirmed: boolean;
  /** What the planner's feeds brought; left out until they are read, and where there are none. */
  readonly news?: BatchNews;
}

/** What a planned post tells. */
interface PlannedIdea {
  readonly title: string;
  readonly topic: string;
  readonly angle: string;
}

export const NO_PLAN: BatchPlan = { pages: [], queue: [], offline: false, confirmed: false };

export const newPlanRow = (): PlanRow => ({ ...newPaidRow(), state: 'running' });

/** A share of the mix, and which page of the plan it is, from 1. */
export interface Page {
  readonly mix: Mix;
  readonly page: number;
}

/** The share of the mix that is planned next; null when every page has been planned. */
export function nextPage({ pages }: BatchPlan, whole: Mix): Page | null {
  const done = pages.filter((row) => row.state === 'done').length;
  const mix = splitMix(whole)[done];
  return mix ? { mix, page: done + 1 } : null;
}

function changePage(plan: BatchPlan, page: number, change: (row: PlanRow) => PlanRow): BatchPlan {
  const pages = [...plan.pages];
  pages[page - 1] = change(pages[page - 1] ?? newPlanRow());
  return { ...plan, pages };
}

/** The row of a page, for who writes on it while it is planned. */
export const pageCell = (plan: Cell<BatchPlan>, page: number): Cell<PlanRow> =>
  focus<BatchPlan, PlanRow>(
    plan,
    ({ pages }) => pages[page - 1] ?? newPlanRow(),
    (now, change) => changePage(now, page, change),
  );

export const beginPage = (plan: BatchPlan, page: number): BatchPlan =>
  changePage(plan, page, (row) => ({ ...row, state: 'running', note: null }));

/** The page is planned, and its posts wait to be started. */
export const finishPage = (plan: BatchPlan, page: number, posts: readonly PlannedPost[]): BatchPlan => ({
  ...changePage(plan, page, (row) => ({ ...row, state: 'done' })),
  queue: [...plan.queue, ...posts],
  lastPage: posts.map(ideaOf),
  confirmed: false,
  ...(plan.news && { news: takeNews(plan.news, posts) }),
});

const ideaOf = ({ title, plan: { topic, angle } }: PlannedPost): PlannedIdea => ({ title, topic, angle });

export const failPage = (plan: BatchPlan, page: number, message: string): BatchPlan =>
  changePage(plan, page, (row) => ({ ...row, state: 'failed', note: message }));

export const confirmPage = (plan: BatchPlan): BatchPlan => ({ ...plan, confirmed: true });

export const noteOffline = (plan: BatchPlan, offline: boolean): BatchPlan => ({
  ...plan,
  offline: plan.offline || offline,
});

/** Takes the first posts off the queue. */
export const dropQueued = (plan: BatchPlan, count: number): BatchPlan => ({
  ...plan,
  queue: plan.queue.slice(count),
});

export const planCharges = ({ pages }: BatchPlan): Charge[] => pages.flatMap((row) => row.charges);

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
