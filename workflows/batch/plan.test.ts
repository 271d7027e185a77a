import { expect, it } from 'vitest';
import type { Mix } from '../../contract/mix.js';
import { nextPage, type Page } from './plan.js';
import type { Batch } from './state.js';
import { sample } from './testing/sample.js';

const next = ({ plan, input }: Batch): Page | null => nextPage(plan, input.mix);

it('the next page is the whole mix of a small batch, once', () => {
  const batch = sample.batch();
  expect(next(batch)).toEqual({ page: 1, mix: { video: 1, hero_text: 4 } });
  expect(next(sample.withPage(batch, 'done'))).toBeNull();
});

it('the next page is at most 20 items, and all pages are exactly the mix', () => {
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

it('the next page is the same again when it could not be planned', () => {
  const planned = sample.withPage(sample.batch({ hero_text: 30 }), 'done');
  const page = { page: 2, mix: { hero_text: 10 } };
  expect([next(planned), next(sample.withPage(planned, 'failed'))]).toEqual([page, page]);
});
