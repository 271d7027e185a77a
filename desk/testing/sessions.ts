import type { EndedSessions } from '../ended-sessions.js';

/** Sessions of a desk of its own, which nothing outlives. */
export function sessionsInMemory(): { secret: string; ended: EndedSessions } {
  const ended = new Set<string>();
  return {
    secret: 'a-secret-for-the-tests',
    ended: { has: (id) => ended.has(id), add: (id) => void ended.add(id) },
  };
}
