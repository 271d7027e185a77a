import type { IncomingMessage } from 'node:http';

/** The most that any form of a stranger may hold, in bytes. */
const LONGEST = 64 * 1024;

/** A request with its body, read before; what answers takes it from here (`@hono/node-server`). */
interface WithBody extends IncomingMessage {
  rawBody?: Buffer;
}

export interface Arrivals {
  /** Calls back once the body is here; never where it does not come, or is too long. */
  whenHere(request: IncomingMessage, next: () => void): void;
}

/**
 * Reads bodies before anything is kept for their requests: who sends headers and no body takes no place in the crowd. A crowd of
 * those is no danger to one whose body comes: where too many are on their way, the connection that has had the most time is cut.
 *
 * @param most bodies on their way, at a time
 */
export function awaitArrivals(most: number): Arrivals {
  const onTheirWay = new Set<IncomingMessage>();

  return {
    whenHere(request, next) {
      if (!isAwaited(request)) return next();
      const parts: Buffer[] = [];
      let bytes = 0;
      request.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > LONGEST) request.socket.destroy();
        else parts.push(part);
      });
      request.once('end', () => {
        if (!request.complete) return;
        (request as WithBody).rawBody = Buffer.concat(parts);
        next();
      });
      // Of one that was cut; who asked is gone.
      request.once('error', () => undefined);
      request.once('close', () => onTheirWay.delete(request));
      onTheirWay.add(request);
      if (onTheirWay.size > most) cut(onTheirWay);
    },
  };
}

/** One that says that it is longer is refused before it is read. */
function isAwaited({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  const length = Number(headers['content-length'] ?? 0);
  return length > 0 && length <= LONGEST;
}

/** Cuts the oldest: a set keeps the order of what was added. */
function cut(onTheirWay: Set<IncomingMessage>): void {
  const [oldest] = onTheirWay;
  if (!oldest) return;
  onTheirWay.delete(oldest);
  oldest.socket.destroy();
}
