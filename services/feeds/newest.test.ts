import { describe, expect, it } from 'vitest';
import { type FeedItem, publishedAt } from './feed-item.js';
import { distinct, pickNewest } from './newest.js';

const item = (title: string, day: number | null, change: Partial<FeedItem> = {}): FeedItem => ({
  ...{ url: `https://a.example/${title}`, title, summary: '', urlKey: title, idKey: null },
  publishedAt: day === null ? null : `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`,
  ...change,
});
const titles = (items: readonly FeedItem[]): string => items.map(({ title }) => title).join(' ');

describe('pickNewest', () => {
  it('takes the newest of one feed', () => {
    expect(titles(pickNewest([[item('a', 9), item('b', 8), item('c', 7)]], 2))).toBe('a b');
  });

  it('lets feeds take turns, so that a loud one leaves room, and shows the newest first', () => {
    const loud = [24, 23, 22, 21, 20].map((day) => item(`l${day}`, day));
    const quiet = [item('q3', 3), item('q2', 2)];
    expect(titles(pickNewest([loud, [], quiet], 4))).toBe('l24 l23 q3 q2');
    expect(titles(pickNewest([loud, quiet], 20))).toBe('l24 l23 l22 l21 l20 q3 q2');
  });

  it('gives the few places to the newest of each feed', () => {
    const feeds = [5, 9, 7].map((day) => [item(`d${day}`, day)]);
    expect(titles(pickNewest([...feeds, [item('none', null)]], 2))).toBe('d9 d7');
  });

  it('gives nothing of nothing', () => expect(pickNewest([], 20)).toEqual([]));
});

it('distinct takes one of those that share an address, an id or a title', () => {
  const items = [
    item('One', 1, { urlKey: 'u1', idKey: 'i1' }),
    item('Two', 1, { urlKey: 'u1' }),
    item('Three', 1, { urlKey: 'u3', idKey: 'i1' }),
    item('ONE!', 1, { urlKey: 'u4', idKey: 'i4' }),
    item('猫', 1, { urlKey: 'u5', idKey: 'i5' }),
    item('!?', 1, { urlKey: 'u6' }),
    item('!!', 1, { urlKey: 'u7' }),
  ];
  expect(titles(distinct(items))).toBe('One 猫 !? !!');
});

describe('publishedAt', () => {
  const now = new Date('2026-11-26T09:00:00Z');
  it.each([
    ['Tue, 24 Nov 2026 09:00:00 GMT', '2026-11-24T09:00:00.000Z'],
    ['24 Nov 2026 09:00 +0100', '2026-11-24T08:00:00.000Z'],
    ['Tue, 24 Nov 26 09:00:00 EST', '2026-11-24T14:00:00.000Z'],
    ['2026-11-24T09:00:00+02:00', '2026-11-24T07:00:00.000Z'],
    ['2026-11-24', '2026-11-24T00:00:00.000Z'],
    ['2026-11-26T20:00:00Z', '2026-11-26T09:00:00.000Z'],
  ])('reads %s', (written, at) => expect(publishedAt(written, now)).toBe(at));

  it.each([
    null,
    '',
    'Episode 5',
    '1',
    '2026-13-45',
    '2026-11-28T00:00:00Z',
    '1970-01-01',
    '9999-12-31',
    'x'.repeat(99),
  ])('takes %j for none', (written) => expect(publishedAt(written, now)).toBeNull());
});
