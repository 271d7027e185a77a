import { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Session } from '../http/session.js';
import { type Change, type ChangeFeed, createChangeFeed } from './change-feed.js';
import { ArchiveAway } from '../../services/archive/database.js';
import { tokenOnly } from '../http/gate.js';
import { parseIsoTime } from '../../contract/time.js';
import { shownJson } from '../../contract/shown.js';

const TOO_MANY = 'Too many pages listen for changes; close some and try again';
const TRY_AGAIN_SECONDS = '30';

/** `GET /api/events`: server-sent events `post` and `batch` for the signed-in, each with its row of the lists as data. */
export function eventRoutes(
  { archive, log, now }: Pick<DeskDeps, 'archive' | 'log' | 'now'>,
  session: Session,
): Hono {
  const feed = createChangeFeed({
    source: archive.records,
    now,
    log: (error) => {
      if (!(error instanceof ArchiveAway)) log(`GET /api/events: ${error.message}`);
    },
  });
  const routes = new Hono();
  routes.use(tokenOnly(session));
  routes.get('/', (c) => {
    c.header('Cache-Control', 'no-store');
    const type = { 'Content-Type': 'text/event-stream; charset=utf-8' };
    // Its body would never be read, nor left.
    if (c.req.method === 'HEAD') return c.body(null, 200, type);
    const since = lastHeard(c.req.header('Last-Event-ID'));
    const body = eventStream({ feed, isAllowed: () => session.isSignedIn(c), since });
    if (body) return c.body(body, 200, type);
    c.header('Retry-After', TRY_AGAIN_SECONDS);
    return c.json({ error: { message: TOO_MANY } }, 503);
  });
  return routes;
}

/** The id of the last event that a browser heard before its connection broke: the time of ours. */
function lastHeard(id: string | undefined): string | undefined {
  const time = id === undefined ? null : parseIsoTime(id);
  return time === null ? undefined : new Date(time).toISOString();
}

/** Of text that a listener has not read; one that reads nothing is let go of, and may connect again. */
const MOST_UNREAD_BYTES = 1_000_000;

interface EventStreamOptions {
  readonly feed: ChangeFeed;
  /** Whether who listens may still hear: a session ends while its pages are open. */
  readonly isAllowed: () => boolean;
  /** From when on, ISO 8601; from now on when left out. */
  readonly since?: string;
}

/** The changes as a body of server-sent events, until the reader leaves. Null when too many listen. */
function eventStream({ feed, isAllowed, since }: EventStreamOptions): ReadableStream<Uint8Array> | null {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>(
    { start: (given) => void (controller = given), cancel: () => leave?.() },
    new ByteLengthQueuingStrategy({ highWaterMark: MOST_UNREAD_BYTES }),
  );
  let leave: (() => void) | null = null;
  let ended = false;
  const send = (text: string): void => {
    if (ended) return;
    if (isAllowed() && (controller.desiredSize ?? 0) > 0) return controller.enqueue(encoder.encode(text));
    ended = true;
    leave?.();
    controller.close();
  };
  send(FIRST_TEXT);
  leave = feed.listen(
    { hear: (changes, at) => send(eventsText(changes, at)), beat: () => send(BEAT_TEXT) },
    since,
  );
  if (ended) leave?.();
  return leave && body;
}

/** How long a browser waits before it connects again, in ms. */
const RETRY_MS = 3_000;

/** What a stream of server-sent events begins with. */
const FIRST_TEXT = `retry: ${RETRY_MS}\n\n`;

/** A comment, which keeps proxies from closing a quiet connection. */
export const BEAT_TEXT = ': nothing new\n\n';

/** Changes as server-sent events, each with the time up to which all was told as its id. */
const eventsText = (changes: readonly Change[], at: string): string =>
  changes
    .map(({ event, row }) => `event: ${event}\nid: ${at}\ndata: ${shownJson(JSON.stringify(row))}\n\n`)
    .join('');
