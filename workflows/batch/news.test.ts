import { describe, expect, it } from 'vitest';
import type { NewsItem } from '../../contract/news.js';
import { newsOutcome, offerNews, takeNews } from './news.js';
import { beginPage, finishPage, NO_PLAN } from './plan.js';

const item = (name: string): NewsItem => ({
  ...{ url: `https://news.example/${name}`, title: name, summary: '', publishedAt: null },
});
const post = (id: string, newsUrl: string | null | undefined) => ({
  ...{ id, contentFormat: 'hero_text', title: id, checks: [] },
  plan: { topic: 'T', angle: 'A', rationale: 'R', newsPeg: null, newsUrl, button: 'B' },
});
const news = offerNews([item('one'), item('two')], 'news: 2 items offered of 1 feed');

describe('the news of a batch', () => {
  it('is on offer until a post is planned with it', () => {
    const taken = takeNews(news, [post('a', item('one').url), post('b', null), post('c', undefined)]);
    expect(taken.open).toEqual([item('two')]);
    expect(newsOutcome(taken, false)).toEqual({
      used: [{ url: item('one').url, postId: 'a' }],
      over: false,
    });
    expect(takeNews(taken, [post('d', item('two').url)])).toMatchObject({
      open: [],
      used: [{ postId: 'a' }, { postId: 'd' }],
    });
  });

  it('goes along with the plan, page by page, and is none where none was read', () => {
    const plan = { ...beginPage(NO_PLAN, 1), news };
    expect(finishPage(plan, 1, [post('a', item('two').url)]).news?.open).toEqual([item('one')]);
    expect(finishPage(beginPage(NO_PLAN, 1), 1, [post('a', null)])).not.toHaveProperty('news');
  });
});
