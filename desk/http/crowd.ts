import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { awaitArrivals } from './arrivals.js';
import { visitorOf } from './visitor.js';

/** How many requests may be in flight at a time: from when one is here, with its body, until its answer is out or nobody waits for it. */
export interface CrowdLimits {
  /** Of one connection, which may send the next request before it has read an answer. */
  readonly socket: number;
  readonly address: number;
  /** In all, without those that have places of their own. */
  readonly all: number;
  /** Of those that have places of their own. */
  readonly own: number;
}

/** @param all of strangers, at a time */
export const crowdLimits = (all: number): CrowdLimits => ({
  socket: Math.min(16, all),
  address: Math.min(64, all),
  all,
  own: 256,
});

/** Where nobody is signed in. @param all requests at a time */
export const crowdOfStrangers = (all: number): CrowdOptions => ({
  limits: crowdLimits(all),
  address: (request) => visitorOf(request, []),
  hasOwnPlace: () => false,
});

/** After which a connection that reads nothing of its answer is cut, in ms. */
const UNREAD_MS = 60_000;

export interface CrowdOptions {
  readonly limits: CrowdLimits;
  /** Whom a request counts for. */
  readonly address: (request: IncomingMessage) => string;
  /** Whether a request is never kept out by strangers: of who is signed in, or of who looks whether the desk lives. */
  readonly hasOwnPlace: (request: IncomingMessage) => boolean;
}

/** In seconds. A place is free again within one, where answers are read. */
const RETRY_AFTER = '1';
const BUSY = 'Too many requests are in flight; ask again in 1 s';
const BUSY_JSON = JSON.stringify({ error: { message: BUSY } });

/** A connection, and what it waits for. */
interface Line {
  readonly leave: Set<() => void>;
  /** Its next answer says that it is over: what it sends after that is not read. */
  turnedAway: boolean;
}

/**
 * Bounds what is in flight, so that no crowd can fill the memory: beyond the limits a request is answered with 503 at once. A
 * connection that sent more than it may before it read is closed once it has the answers that it was promised.
 */
export function limitCrowd(
  listener: RequestListener,
  { limits, address, hasOwnPlace }: CrowdOptions,
): RequestListener {
  const lines = new WeakMap<Socket, Line>();
  const arrivals = awaitArrivals(limits.all);
  const inFlight = { own: 0, all: 0, addresses: new Map<string, number>() };

  const lineOf = (socket: Socket): Line => {
    const known = lines.get(socket);
    if (known) return known;
    const line: Line = { leave: new Set(), turnedAway: false };
    lines.set(socket, line);
    // Answers that wait behind others are told of nothing when their connection ends.
    socket.once('close', () => line.leave.forEach((leave) => leave()));
    socket.setTimeout(UNREAD_MS);
    return line;
  };

  /** Takes a place. @returns what gives it back; null where none is free */
  const enter = (request: IncomingMessage, isOwn: boolean): (() => void) | null => {
    if (isOwn) {
      if (inFlight.own >= limits.own) return null;
      inFlight.own += 1;
      return () => (inFlight.own -= 1);
    }
    const from = address(request);
    const { addresses } = inFlight;
    const ofAddress = addresses.get(from) ?? 0;
    if (ofAddress >= limits.address || inFlight.all >= limits.all) return null;
    inFlight.all += 1;
    addresses.set(from, ofAddress + 1);
    return () => {
      inFlight.all -= 1;
      const left = (addresses.get(from) ?? 1) - 1;
      if (left > 0) addresses.set(from, left);
      else addresses.delete(from);
    };
  };

  const letIn = (request: IncomingMessage, response: ServerResponse, isOwn: boolean): void => {
    const { socket } = request;
    const line = lineOf(socket);
    if (line.turnedAway) return;
    const giveBack = line.leave.size < limits.socket ? enter(request, isOwn) : null;
    if (!giveBack) {
      line.turnedAway = line.leave.size > 0;
      turnAway(request, response, line.turnedAway);
      if (line.turnedAway) stopReading(socket);
      return;
    }
    const leave = (): void => {
      if (line.leave.delete(leave)) giveBack();
    };
    line.leave.add(leave);
    response.once('close', leave);
    // An answer that takes its time is waited for; one that nobody reads is not.
    response.on('timeout', () => {
      if (socket.writableLength > 0) socket.destroy();
    });
    listener(request, response);
  };

  return function crowdLimited(request, response) {
    // A connection that reads nothing is watched from its first request on, and one that was turned away sends no more.
    if (lineOf(request.socket).turnedAway) return;
    if (hasOwnPlace(request)) letIn(request, response, true);
    else arrivals.whenHere(request, () => letIn(request, response, false));
  };
}

/** For good: Node would read on after each answer, and keep all that it read. */
function stopReading(socket: Socket): void {
  socket.pause();
  socket.resume = () => socket;
}

function turnAway({ url }: IncomingMessage, response: ServerResponse, last: boolean): void {
  const isApi = url?.startsWith('/api/') ?? false;
  const body = isApi ? BUSY_JSON : BUSY;
  response.writeHead(503, {
    'Retry-After': RETRY_AFTER,
    'Content-Type': isApi ? 'application/json' : 'text/plain',
    'Content-Length': Buffer.byteLength(body),
    ...(last && { Connection: 'close' }),
  });
  response.end(body);
}
