import type { DeskDeps } from '../deps.js';
import { onceSecrets } from '../review/once-secrets.js';

/** Sessions of a desk of its own, which nothing outlives. */
export function sessionsInMemory(now: () => Date = () => new Date()): DeskDeps['sessions'] {
  const [ended, spent] = [new Set<string>(), new Set<string>()];
  return {
    secret: 'a-secret-for-the-tests',
    ended: { has: (id) => ended.has(id), add: (id) => void ended.add(id) },
    once: onceSecrets(now),
    spent: {
      has: ({ id }) => spent.has(id),
      spend: ({ id }) => !spent.has(id) && Boolean(spent.add(id)),
      restore: ({ id }) => void spent.delete(id),
    },
  };
}
