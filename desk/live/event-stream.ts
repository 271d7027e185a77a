import type { ChangeFeed } from './change-feed.js';
import { BEAT_TEXT, eventsText, FIRST_TEXT } from './event-text.js';

/** Of text that a listener has not read; one that reads nothing is let go of, and may connect again. */
const MOST_UNREAD_BYTES = 1_000_000;

export interface EventStreamOptions {
  readonly feed: ChangeFeed;
  /** Whether who listens may still hear: a session ends while its pages are open. */
  readonly isAllowed: () => boolean;
  /** From when on, ISO 8601; from now on when left out. */
  readonly since?: string;
}

/** The changes as a body of server-sent events, until the reader leaves. Null when too many listen. */
export function eventStream({
  feed,
  isAllowed,
  since,
}: EventStreamOptions): ReadableStream<Uint8Array> | null {
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
