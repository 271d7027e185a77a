import type { DeskDeps } from '../deps.js';
import type { KeptMarks } from '../http/kept-marks.js';
import { onceSecrets } from '../review/once-secrets.js';

/** Sessions of a desk of its own, which nothing outlives. */
export function sessionsInMemory(now: () => Date = () => new Date()): DeskDeps['sessions'] {
  return {
    secret: 'a-secret-for-the-tests',
    ended: marksInMemory(),
    spent: marksInMemory(),
    once: onceSecrets(now),
  };
}

function marksInMemory(): KeptMarks {
  const marks = new Set<string>();
  return {
    has: ({ id }) => marks.has(id),
    add: ({ id }) => !marks.has(id) && Boolean(marks.add(id)),
    remove: ({ id }) => void marks.delete(id),
  };
}
