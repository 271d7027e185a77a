import { describe, expect, it } from 'vitest';
import type { Mix } from '../../contract/mix.js';
import { nextPage } from './plan.js';
import { sample } from './testing/sample.js';

describe('nextPage', () => {
  it('is the whole mix of a small batch, once', () => {
    const batch = sample.batch();
    expect(nextPage(batch.plan, batch.input.mix)).toEqual({ page: 1, mix: { video: 1, hero_text: 4 } });
    expect(nextPage(sample.withPage(batch, 'done').plan, batch.input.mix)).toBeNull();
  });

  it('is at most 20 items, and all pages are exactly the mix', () => {
    let batch = sample.batch({ hero_text: 40, video: 7 });
    const { mix } = batch.input;
    const pages: Mix[] = [];
    for (let next = nextPage(batch.plan, mix); next; next = nextPage(batch.plan, mix)) {
      expect(next.page).toBe(pages.length + 1);
      pages.push(next.mix);
      batch = sample.withPage(batch, 'done');
    }
    const sizes = pages.map((page) => Object.values(page).reduce((sum, count) => sum + count, 0));
    expect(sizes).toEqual([20, 20, 7]);
    const sum = (format: string) => pages.reduce((total, page) => total + (page[format] ?? 0), 0);
    expect([sum('hero_text'), sum('video')]).toEqual([40, 7]);
  });

  it('is the same page again when it could not be planned', () => {
    const planned = sample.withPage(sample.batch({ hero_text: 30 }), 'done');
    const { mix } = planned.input;
    const next = nextPage(planned.plan, mix);
    expect(nextPage(sample.withPage(planned, 'failed').plan, mix)).toEqual(next);
    expect(next).toEqual({ page: 2, mix: { hero_text: 10 } });
  });
});
