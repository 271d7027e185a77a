import { expect, it } from 'vitest';
import type { NewsItem } from '../../contract/news.js';
import { newsOutcome, offerNews, takeNews } from './news.js';
import { beginPage, finishPage, NO_PLAN } from './plan.js';

const item = (name: string): NewsItem => ({
  ...{ url: `https://news.example/${name}`, title: name, summary: '', publishedAt: null },
});
const [one, two] = [item('one'), item('two')];
const post = (id: string, newsUrl?: string | null) => ({
  ...{ id, contentFormat: 'hero_text', title: id, checks: [] },
  plan: { topic: 'T', angle: 'A', rationale: 'R', newsPeg: null, newsUrl, button: 'B' },
});
const news = offerNews([one, two], 'news: 2 items offered of 1 feed');

it('news is on offer until a post is planned with it', () => {
  const taken = takeNews(news, [post('a', one.url), post('b', null), post('c')]);
  expect(taken.open).toEqual([two]);
  const used = [{ url: one.url, postId: 'a' }];
  expect(newsOutcome(taken, false)).toEqual({ used, over: false });
  const last = { url: two.url, postId: 'd' };
  expect(takeNews(taken, [post('d', two.url)])).toMatchObject({ open: [], used: [...used, last] });
});

it('goes along with the plan, page by page, and is none where none was read', () => {
  const plan = { ...beginPage(NO_PLAN, 1), news };
  expect(finishPage(plan, 1, [post('a', two.url)]).news?.open).toEqual([one]);
  expect(finishPage(beginPage(NO_PLAN, 1), 1, [post('a', null)])).not.toHaveProperty('news');
});
