import { describe, expect, it } from 'vitest';
import { MEDIA_PRICES, PRICES_AS_OF, SOURCES, TEXT_PRICES } from './table.js';

describe.each(Object.entries({ ...TEXT_PRICES, ...MEDIA_PRICES }))('the entry of %s', (_, price) => {
  it('has a day not after the one on which the table was gone through, and a source that is cited', () => {
    expect(price.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(new Date(price.asOf).toISOString()).toBe(`${price.asOf}T00:00:00.000Z`);
    expect(price.asOf <= PRICES_AS_OF).toBe(true);
    expect(SOURCES[price.source]).toMatch(/\w/);
  });
});
