import { beforeAll } from 'vitest';
import type { OpenDesk } from './desk-under-test.js';
import { useDeskOverHttp, type DeskOverHttp } from './use-desk.js';

export type { DeskOverHttp };

/** `useDeskOverHttp`, told once it is open. */
export function useServedDesk(opened: (all: DeskOverHttp) => void, options?: OpenDesk): void {
  const all = useDeskOverHttp(options);
  beforeAll(() => opened(all));
}
