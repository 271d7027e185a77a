import type { AttentionItem } from '../../contract/lists.js';
import type { ScheduleStatus } from '../../contract/schedule.js';
import { decideEach, type DecisionResult } from '../../client/decide-each.js';
import { RefusedError } from '../../client/errors.js';
import type { DeskDeps } from '../deps.js';
import { attentionList } from './attention-list.js';

/** What needs a person, and the posts that a key stopped. */
export interface Attention {
  /** @throws ArchiveAway, and the client's errors while Temporal, which has the schedules, is away */
  list(): Promise<AttentionItem[]>;
  /** The same with the schedules as they were known last, so that a page need not wait for Temporal. @throws ArchiveAway */
  lastKnown(): Promise<AttentionItem[]>;
  /** Resumes every post that a key stopped. @throws RefusedError where it stopped none */
  resumeAfterKey(key: string, by: string): Promise<DecisionResult[]>;
}

/** Of each kind; the next ones come when these are mended. */
const MOST = 500;
/** How long schedules count as known, in ms: Temporal is asked for each of them. */
const KNOWN_MS = 15_000;

export function createAttention({
  archive,
  schedules,
  posts,
  now,
}: Pick<DeskDeps, 'archive' | 'schedules' | 'posts' | 'now'>): Attention {
  let known: readonly ScheduleStatus[] = [];
  let askedAt = -Infinity;

  async function askSchedules(): Promise<readonly ScheduleStatus[]> {
    askedAt = now().getTime();
    return (known = (await schedules.list()).schedules);
  }

  const listWith = async (standing: readonly ScheduleStatus[]): Promise<AttentionItem[]> =>
    attentionList({ ...(await archive.records.listHalted(MOST)), schedules: standing, now: now() });

  async function lastKnown(): Promise<AttentionItem[]> {
    // Who looks next sees what comes of it.
    if (now().getTime() - askedAt >= KNOWN_MS) askSchedules().catch(() => {});
    return listWith(known);
  }

  return {
    list: async () => listWith(await askSchedules()),
    lastKnown,
    async resumeAfterKey(key, by) {
      const item = (await lastKnown()).find(({ what, id }) => what === 'key' && id === key);
      if (!item) throw new RefusedError(`no post waits for ${key.slice(0, 60)}`);
      return decideEach(item.posts, (id) => posts.review(id, { decision: 'resume', by }));
    },
  };
}
