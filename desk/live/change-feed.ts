import { lookSince, type Change, type ChangeSource } from './change-source.js';
import { newsOf, type Seen } from './news.js';

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

export interface ChangeFeedOptions {
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
