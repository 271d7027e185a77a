import type { Edition, Publisher } from '../publisher.js';

export interface Paper extends Publisher {
  readonly printed: Edition[];
}

/** A target in memory that keeps what it was given; a test says what it does otherwise. */
export function paper(kind: string, own: Partial<Publisher> = {}): Paper {
  const printed: Edition[] = [];
  return {
    kind,
    printed,
    repeatable: true,
    publish: (edition, { name }) => {
      printed.push(edition);
      const url = `https://${name}.example/${edition.postId}`;
      return Promise.resolve({ target: name, url, at: '2026-11-24T09:00:00.000Z', removedAt: null });
    },
    find: () => Promise.resolve(null),
    unpublish: () => Promise.resolve('2026-11-24T10:00:00.000Z'),
    check: () => Promise.resolve({ as: kind, limits: [] }),
    ...own,
  };
}
