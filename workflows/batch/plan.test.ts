import { describe, expect, it } from 'vitest';
import type { PlannedPost } from '../../contract/batch.js';
import type { Mix } from '../../contract/mix.js';
import type { NewsItem } from '../../contract/news.js';
import {
  newsOutcome,
  offerNews,
  takeNews,
  beginPage,
  finishPage,
  nextPage,
  NO_PLAN,
  type Page,
} from './plan.js';
import { nextTurn } from './next-turn.js';
import type { Batch } from './state.js';
import { sample } from './testing/sample.js';

const { at, post, withPosts } = sample;

describe('the next page of a plan', () => {
  const next = ({ plan, input }: Batch): Page | null => nextPage(plan, input.mix);

  it('is the whole mix of a small batch, once', () => {
    const batch = sample.batch();
    expect(next(batch)).toEqual({ page: 1, mix: { video: 1, hero_text: 4 } });
    expect(next(sample.withPage(batch, 'done'))).toBeNull();
  });

  it('is at most 20 items, and all pages are exactly the mix', () => {
    let batch = sample.batch({ hero_text: 40, video: 7 });
    const pages: Mix[] = [];
    for (let page = next(batch); page; page = next(batch)) {
      expect(page.page).toBe(pages.length + 1);
      pages.push(page.mix);
      batch = sample.withPage(batch, 'done');
    }
    const counts = pages.map(({ hero_text = 0, video = 0 }) => [hero_text, video] as const);
    expect(counts.map(([texts, videos]) => texts + videos)).toEqual([20, 20, 7]);
    const sum = (of: 0 | 1): number => counts.reduce((total, count) => total + count[of], 0);
    expect([sum(0), sum(1)]).toEqual([40, 7]);
  });

  it('is the same again when it could not be planned', () => {
    const planned = sample.withPage(sample.batch({ hero_text: 30 }), 'done');
    const page = { page: 2, mix: { hero_text: 10 } };
    expect([next(planned), next(sample.withPage(planned, 'failed'))]).toEqual([page, page]);
  });
});

describe('the next turn', () => {
  const fresh = sample.batch({ hero_text: 3 }, { window: 2 });
  const planned = sample.withPage(fresh, 'done');
  const queued = (batch: Batch, ...ids: string[]): Batch => ({
    ...batch,
    plan: { ...batch.plan, queue: ids.map((id) => ({ id }) as PlannedPost) },
  });
  const paused = (batch: Batch): Batch => at(batch, { paused: true });
  const ended = post('a', { status: 'published' });
  const stuck = withPosts(planned, ended, post('b', { status: 'blocked' }));
  const full = withPosts(planned, post('a'), post('b'));
  const wait = { do: 'wait' };

  it.each([
    ['plans first', fresh, { do: 'plan', page: { page: 1, mix: { hero_text: 3 } } }],
    ['starts as many as the window takes', queued(planned, 'a', 'b', 'c'), { do: 'start', count: 2 }],
    ['waits while the window is full', queued(full, 'c'), wait],
    ['starts nothing while the batch is paused', paused(queued(planned, 'a')), wait],
    ['plans nothing while the plan is blocked', at(fresh, { status: 'blocked' }), wait],
    ['waits for the posts', stuck, wait],
    ['ends with the last of them, paused or not', paused(withPosts(planned, ended)), { do: 'end' }],
  ])('%s', (_what, batch, turn) => expect(nextTurn(batch)).toEqual(turn));
});

describe('news', () => {
  const item = (name: string): NewsItem => ({
    url: `https://news.example/${name}`,
    title: name,
    summary: '',
    publishedAt: null,
  });
  const [one, two] = [item('one'), item('two')];
  const peggedTo = (id: string, newsUrl?: string | null) =>
    ({ id, plan: { topic: 'T', angle: 'A', newsUrl } }) as PlannedPost;
  const news = offerNews([one, two], 'news: 2 items offered of 1 feed');

  it('is on offer until a post is planned with it', () => {
    const taken = takeNews(news, [peggedTo('a', one.url), peggedTo('b', null), peggedTo('c')]);
    expect(taken.open).toEqual([two]);
    const used = [{ url: one.url, postId: 'a' }];
    expect(newsOutcome(taken, false)).toEqual({ used, over: false });
    const last = { url: two.url, postId: 'd' };
    expect(takeNews(taken, [peggedTo('d', two.url)])).toMatchObject({ open: [], used: [...used, last] });
  });

  it('goes along with the plan, page by page, and is none where none was read', () => {
    const plan = { ...beginPage(NO_PLAN, 1), news };
    expect(finishPage(plan, 1, [peggedTo('a', two.url)]).news?.open).toEqual([one]);
    expect(finishPage(beginPage(NO_PLAN, 1), 1, [peggedTo('a', null)])).not.toHaveProperty('news');
  });
});
