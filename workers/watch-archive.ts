import type { Archive } from '../services/archive/archive.js';
import { ArchiveAway, ArchiveFull, ArchiveHeld } from '../services/archive/database.js';
import { Outage } from './outage.js';

/**
 * A service that this worker has no use for, since it does not run the queues that need it.
 *
 * @param part names it in the error, such as `media`.
 * @param facts what can be told of it all the same.
 * @returns an object whose every other property throws an Error in one line
 */
export function absent<T extends object>(part: string, facts: Partial<T> = {}): T {
  return new Proxy(facts as T, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name) as unknown;
      // A promise that is resolved with it asks for this.
      if (typeof name === 'symbol' || name === 'then') return undefined;
      throw new Error(`this worker has no ${part}: none of its queues uses it`);
    },
  });
}

const LOOK_EVERY_MS = 5_000;
const RUSH = { begins: 'has no connection free', until: 'it has', ends: 'has connections free again' };

/**
 * The same archive, which says once when it is away and once when it is back, to all its users, and the same of its connections
 * when all are at work. What fails meanwhile fails as before: activities are repeated by Temporal, and the desk answers that it
 * can't. What only one account waits for is no outage.
 */
export function watchArchive(archive: Archive, say: (line: string) => void): Archive {
  const outage = new Outage('The archive', say);
  const rush = new Outage('The archive', say, Date.now, RUSH);
  let looking: NodeJS.Timeout | null = null;

  const look = (): void => {
    looking = setTimeout(() => {
      looking = null;
      void archive.records.isEmpty().then(found, away);
    }, LOOK_EVERY_MS).unref();
  };
  const back = (): void => outage.back();
  const found = (): void => {
    back();
    rush.back();
  };
  const away = (error: unknown): void => {
    if (!(error instanceof ArchiveAway) || error instanceof ArchiveHeld) return;
    (error instanceof ArchiveFull ? rush : outage).away(error.message);
    if (!looking) look();
  };
  const watch = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          const answer: unknown = Reflect.apply(value, target, args);
          if (answer instanceof Promise) answer.then(back, away);
          return answer;
        };
      },
    });
  return {
    ...archive,
    records: watch(archive.records),
    ledger: watch(archive.ledger),
    transfer: watch(archive.transfer),
    deliveries: watch(archive.deliveries),
    slots: watch(archive.slots),
    news: watch(archive.news),
    chats: watch(archive.chats),
    postSearch: watch(archive.postSearch),
  };
}
