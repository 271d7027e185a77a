import type { Changes } from '../../contract/lists.js';

/** What tells of changes: the records of the archive. */
interface ChangeSource {
  /** What was saved after a time (ISO 8601), the first changes first; with `limit` reached, `at` is as far as it goes. */
  listChanges(since: string, limit: number): Promise<Changes>;
}

/** A post or a batch that has changed, as lists show it. */
export type Change =
  | ({ readonly event: 'post' } & Changes['posts'][number])
  | ({ readonly event: 'batch' } & Changes['batches'][number]);

/** What one look found, and up to when it goes by the archive's clock. */
interface ChangeLook {
  readonly changes: readonly Change[];
  readonly at: string;
  /** Whether there is more after `at`. */
  readonly more: boolean;
}

const PART = 500;
const MOST_PARTS = 6;

/** Everything that was saved after a time, in at most 3,000 rows of a kind. @throws as the archive does */
export async function lookSince(source: ChangeSource, since: string): Promise<ChangeLook> {
  const changes: Change[] = [];
  let at = since;
  for (let part = 0; part < MOST_PARTS; part += 1) {
    const found = await source.listChanges(at, PART);
    changes.push(...found.posts.map((saved) => ({ event: 'post', ...saved }) as const));
    changes.push(...found.batches.map((saved) => ({ event: 'batch', ...saved }) as const));
    const isWhole = found.posts.length < PART && found.batches.length < PART;
    if (isWhole || found.at <= at) return { changes, at: found.at, more: false };
    at = found.at;
  }
  return { changes, at, more: true };
}

/** What a look found, by what it is of: its text tells whether it has changed since. */
type Seen = ReadonlyMap<string, string>;

interface ChangeNews {
  readonly changes: readonly Change[];
  /** What the next look is compared to. */
  readonly seen: Seen;
}

/**
 * What of a look is new. Looks overlap, since a row may be saved a moment before the one that was read last; one that the look
 * before found as it is now is no news. One that was saved again is, with the same row too: a page shows more of a record.
 */
export function newsOf(found: readonly Change[], before: Seen): ChangeNews {
  const seen = new Map<string, string>();
  const changes = new Map<string, Change>();
  for (const change of found) {
    const key = `${change.event} ${change.row.id}`;
    const text = JSON.stringify(change);
    seen.set(key, text);
    if (before.get(key) !== text) changes.set(key, change);
  }
  return { changes: [...changes.values()], seen };
}

const MOST_LISTENERS = 100;
const LOOK_EVERY_MS = 1_000;
const BEAT_EVERY_MS = 15_000;
/** How far looks reach back: as long as a record may take to be saved, and a page from being made to listening. */
const OVERLAP_MS = 5_000;

export interface ChangeListener {
  /** @param at up to when it has heard all, ISO 8601; it may ask from there another time */
  hear(changes: readonly Change[], at: string): void;
  /** Nothing has changed for a while, and the connection is to stay. */
  beat(): void;
}

/** Tells of what changes in the archive, one look a second for all who listen, and none while nobody does. */
export interface ChangeFeed {
  /**
   * Begins with what changed in the last seconds, or since a time, so that nothing between a page and its listening is lost.
   *
   * @param since ISO 8601, as `hear` was told
   * @returns what ends it; null when too many listen
   */
  listen(listener: ChangeListener, since?: string): (() => void) | null;
}

interface ChangeFeedOptions {
  readonly source: ChangeSource;
  readonly now: () => Date;
  /** Hears what went wrong other than that the archive is away, which is known elsewhere. */
  readonly log: (error: Error) => void;
  readonly lookEveryMs?: number;
}

export function createChangeFeed({ source, now, log, lookEveryMs }: ChangeFeedOptions): ChangeFeed {
  const listeners = new Set<ChangeListener>();
  let seen: Seen = new Map();
  /** What the last look found, for who comes next. */
  let recent: { changes: readonly Change[]; at: string } | null = null;
  let since = '';
  let looking: NodeJS.Timeout | null = null;
  let isLooking = false;
  let beating: NodeJS.Timeout | null = null;

  const before = (time: string): string => new Date(Date.parse(time) - OVERLAP_MS).toISOString();

  async function look(): Promise<void> {
    looking = null;
    if (listeners.size === 0) return;
    isLooking = true;
    try {
      const found = await lookSince(source, since);
      const news = newsOf(found.changes, seen);
      since = found.more ? found.at : before(found.at);
      seen = news.seen;
      recent = { changes: found.changes, at: found.at };
      if (news.changes.length > 0) for (const each of [...listeners]) each.hear(news.changes, found.at);
    } catch (error) {
      log(error as Error);
    }
    isLooking = false;
    lookLater();
  }
  const lookLater = (): void => {
    if (listeners.size === 0 || looking || isLooking) return;
    looking = setTimeout(() => void look(), lookEveryMs ?? LOOK_EVERY_MS).unref();
  };
  const begin = (): void => {
    since = before(now().toISOString());
    seen = new Map();
    recent = null;
    beating = setInterval(() => {
      for (const each of [...listeners]) each.beat();
    }, BEAT_EVERY_MS).unref();
    lookLater();
  };
  const leave = (listener: ChangeListener): void => {
    if (!listeners.delete(listener) || listeners.size > 0) return;
    if (beating) clearInterval(beating);
    beating = null;
  };

  /** What a listener missed that lies further back than a look. */
  async function catchUp(listener: ChangeListener, from: string): Promise<void> {
    try {
      const { changes, at } = await lookSince(source, before(from));
      if (changes.length > 0 && listeners.has(listener)) listener.hear(changes, at);
    } catch (error) {
      log(error as Error);
    }
  }

  return {
    listen(listener, from) {
      if (listeners.size >= MOST_LISTENERS) return null;
      listeners.add(listener);
      if (listeners.size === 1) begin();
      if (from !== undefined) void catchUp(listener, from);
      else if (recent && recent.changes.length > 0) listener.hear(recent.changes, recent.at);
      return () => leave(listener);
    },
  };
}
