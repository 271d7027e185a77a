import { expect, it } from 'vitest';
import type { Change } from './change-source.js';
import { newsOf } from './news.js';

const post = (id: string, status: string, savedAt = '2026-01-01T00:00:00.000Z'): Change =>
  ({ event: 'post', row: { id, status }, savedAt }) as Change;

it('tells a row once, and again when it has changed', () => {
  const first = newsOf([post('a', 'drafting'), post('b', 'drafting')], new Map());
  expect(first.changes).toHaveLength(2);
  const second = newsOf([post('a', 'drafting'), post('b', 'blocked')], first.seen);
  expect(second.changes).toEqual([post('b', 'blocked')]);
});

it('tells a row again when its record was saved again, of which a page may show more', () => {
  const { seen } = newsOf([post('a', 'drafting')], new Map());
  const again = post('a', 'drafting', '2026-01-01T00:00:00.250Z');
  expect(newsOf([again], seen).changes).toEqual([again]);
});

it('forgets a row that no look finds any more', () => {
  const { seen } = newsOf([post('a', 'drafting')], new Map());
  const later = newsOf([post('b', 'drafting')], seen);
  expect([...later.seen.keys()]).toEqual(['post b']);
});

it('takes the last of a row that was found twice in one look', () => {
  const { changes } = newsOf([post('a', 'drafting'), post('a', 'blocked')], new Map());
  expect(changes).toEqual([post('a', 'blocked')]);
});

it('knows a post from a batch of the same id', () => {
  const batch = { event: 'batch', row: { id: 'a', status: 'drafting' } } as unknown as Change;
  const { seen } = newsOf([post('a', 'drafting')], new Map());
  expect(newsOf([batch], seen).changes).toEqual([batch]);
});
