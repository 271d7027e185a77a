import { describe, expect, it } from 'vitest';
import type { NewsItem } from '../contract/news.js';
import { pegItems } from './news-peg.js';
import type { PlannedItem } from './plan-rules.js';

const news = (title: string, url: string): NewsItem => ({ title, url, summary: '', publishedAt: null });
const OFFERED = [
  news('A chip maker halves its prices', 'https://news.example/chips?id=1'),
  news('Rates', 'https://news.example/rates'),
  news('A port closes for the winter', 'https://port.example/winter/'),
];
const item = (
  news_url: string | null | undefined,
  news_peg: string | null = 'What happened',
): PlannedItem => ({
  ...{ content_format: 'hero_text', title: 'One', topic: 'T', angle: 'A', rationale: 'R', button: 'B.' },
  ...{ news_peg, news_url },
});
const pegged = (...items: PlannedItem[]) => pegItems(items, OFFERED);
const urlOf = (named: string | null | undefined, peg?: string | null) =>
  pegged(item(named, peg))[0]?.item.news_url;

describe('the news that an item names', () => {
  it.each(['3', '[3]', '#3', ' 3. ', 'item 3', 'News item [3]', 'No. 3', '[3] A port closes for the winter'])(
    'is found by the number %j',
    (named) => expect(urlOf(named)).toBe('https://port.example/winter/'),
  );

  it.each([
    'https://news.example/chips?id=1',
    'http://news.example/chips?id=1#top',
    '(https://news.example/chips?id=1).',
    'See https://news.example/chips?id=1',
  ])('is found by the address %j', (named) => expect(urlOf(named)).toBe(OFFERED[0]?.url));

  it('is found by its title, there or in the peg of a model that leaves the field out', () => {
    expect(urlOf('A port closes for the winter.')).toBe(OFFERED[2]?.url);
    expect(urlOf(undefined, 'A CHIP maker halves its prices!')).toBe(OFFERED[0]?.url);
    expect(urlOf(null, 'This week a port closes for the winter, says the mayor')).toBe(OFFERED[2]?.url);
    expect(urlOf(null, 'Rates')).toBe(OFFERED[1]?.url);
    expect(urlOf(null, 'Interest rates fell'), 'a short title by chance').toBeNull();
  });

  it.each([
    '4',
    '0',
    '999',
    'https://evil.example/',
    'https://news.example/chips?id=2',
    'javascript:alert(1)',
    'toString',
  ])('is dropped where it was not offered: %j', (named) => {
    expect(pegged(item(named))).toEqual([
      {
        item: item(null),
        checks: [
          { rule: 'plan.newsUrl', ok: false, detail: `the plan named news that was not offered: ${named}` },
        ],
      },
    ]);
  });

  it('gives its title to a peg that is missing', () => {
    expect(pegged(item('2', null))[0]?.item.news_peg).toBe('Rates');
  });

  it('is said to be used twice where it is', () => {
    const [one, two] = pegged(item('1'), item('https://news.example/chips?id=1'));
    expect(one?.checks).toEqual([]);
    expect(two?.checks).toEqual([
      { rule: 'plan.newsUrl', ok: false, detail: 'another item of the plan hangs on the same news' },
    ]);
  });

  it('leaves an evergreen, and a peg of the model’s own, as they are', () => {
    expect(pegged(item(null, null), item(null))).toEqual([
      { item: item(null, null), checks: [] },
      { item: item(null), checks: [] },
    ]);
    expect(pegItems([item(undefined)], [])).toEqual([{ item: item(null), checks: [] }]);
  });
});
