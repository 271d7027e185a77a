import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { awaitArrivals } from './arrivals.js';
import { visitorOf } from './visitor.js';

/** How many requests may be in flight at a time: from when one is here, with its body, until its answer is out or nobody waits for it. */
export interface CrowdLimits {
  /** Of one connection, which may send the next request before it has read an answer. */
  readonly socket: number;
  readonly strangers: Places;
  readonly signedIn: Places;
  /** Of who looks whether the desk lives, which anybody may. */
  readonly lookers: Places;
}

export interface Places {
  readonly all: number;
  /** Of them, at most for one address. */
  readonly address: number;
}

/** Whom a request is of: neither strangers nor lookers keep out the others. */
export type CrowdKind = keyof Omit<CrowdLimits, 'socket'>;

/** @param all of strangers, at a time */
export const crowdLimits = (all: number): CrowdLimits => ({
  socket: Math.min(16, all),
  strangers: { all, address: Math.min(64, all) },
  signedIn: { all: 256, address: 256 },
  lookers: { all: 64, address: 16 },
});

/** Where nobody is signed in. @param all requests at a time */
export const crowdOfStrangers = (all: number): CrowdOptions => ({
  limits: crowdLimits(all),
  address: (request) => visitorOf(request, []),
  kindOf: () => 'strangers',
});

/** After which a connection that reads nothing of its answer is cut, in ms. */
const UNREAD_MS = 60_000;

export interface CrowdOptions {
  readonly limits: CrowdLimits;
  /** Whom a request counts for. */
  readonly address: (request: IncomingMessage) => string;
  readonly kindOf: (request: IncomingMessage) => CrowdKind;
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
  { limits, address, kindOf }: CrowdOptions,
): RequestListener {
  const lines = new WeakMap<Socket, Line>();
  const arrivals = awaitArrivals(limits.strangers.all);
  const places = {
    strangers: new InFlight(limits.strangers),
    signedIn: new InFlight(limits.signedIn),
    lookers: new InFlight(limits.lookers),
  };

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

  const letIn = (request: IncomingMessage, response: ServerResponse, kind: CrowdKind): void => {
    const { socket } = request;
    const line = lineOf(socket);
    if (line.turnedAway) return;
    const giveBack = line.leave.size < limits.socket ? places[kind].enter(address(request)) : null;
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
    const kind = kindOf(request);
    if (kind === 'signedIn') letIn(request, response, kind);
    else arrivals.whenHere(request, () => letIn(request, response, kind));
  };
}

/** The requests of one kind that are in flight. */
class InFlight {
  readonly #places: Places;
  #all = 0;
  readonly #ofAddress = new Map<string, number>();

  constructor(places: Places) {
    this.#places = places;
  }

  /** Takes a place. @returns what gives it back; null where none is free */
  enter(address: string): (() => void) | null {
    const ofAddress = this.#ofAddress.get(address) ?? 0;
    if (ofAddress >= this.#places.address || this.#all >= this.#places.all) return null;
    this.#all += 1;
    this.#ofAddress.set(address, ofAddress + 1);
    return () => {
      this.#all -= 1;
      const left = (this.#ofAddress.get(address) ?? 1) - 1;
      if (left > 0) this.#ofAddress.set(address, left);
      else this.#ofAddress.delete(address);
    };
  }
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
