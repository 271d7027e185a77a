import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** `lose`: the server does what it is asked, and its answer goes nowhere. `hold`: nor does the connection end. */
export type Fault = Answer | 'lose' | 'hold';

interface Rule {
  readonly path: string;
  readonly fault: Fault;
  /** How often it still counts. */
  left: number;
  readonly happened: () => void;
}

/** Stands before a real server, and has its bad days for it. */
export class FaultyProxy {
  /** What was asked for, oldest first, such as `POST /xrpc/com.atproto.repo.putRecord`. */
  readonly asked: string[] = [];
  readonly #server: Server;
  #rules: Rule[] = [];
  #port = 0;
  /** The server that stands behind. */
  target = '';

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<FaultyProxy> {
    const proxy = new FaultyProxy();
    await proxy.#listen();
    return proxy;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** How often it was asked for a path that ends so. */
  count(path: string): number {
    return this.asked.filter((one) => one.endsWith(path)).length;
  }

  /**
   * The next requests whose path ends so go wrong.
   *
   * @returns settles when the first of them has; what the server was asked to do is done by then
   */
  next(path: string, fault: Fault, times = 1): Promise<void> {
    return new Promise((happened) => this.#rules.push({ path, fault, left: times, happened }));
  }

  /** From now on nothing goes wrong. */
  calm(): void {
    this.#rules = [];
  }

  /** Nobody listens any more. @returns how somebody does again, at the same address */
  async goAway(): Promise<() => Promise<void>> {
    await this.close();
    return () => this.#listen();
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, 'localhost');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const path = new URL(url, this.target).pathname;
    this.asked.push(`${method} ${path}`);
    const rule = this.#rules.find((one) => one.left > 0 && path.endsWith(one.path));
    if (rule) rule.left -= 1;
    const fault = rule?.fault;
    const sent = new Uint8Array(await buffer(request));
    if (typeof fault === 'object') {
      const { status, headers, body = { error: 'Fault', message: `a ${status} of the test` } } = fault;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
      return rule?.happened();
    }
    const body = sent.length > 0 ? sent : null;
    const answer = await fetch(new URL(url, this.target), { method, headers: headersOf(request), body });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    rule?.happened();
    if (fault === 'hold') return;
    if (fault === 'lose') return void response.destroy();
    const headers = [...answer.headers].filter(([name]) => !HOP_BY_HOP.includes(name));
    response.writeHead(answer.status, Object.fromEntries(headers)).end(bytes);
  }
}

/** What is between two neighbours, or said of a body that fetch has unpacked. */
const HOP_BY_HOP = [
  ...['connection', 'keep-alive', 'transfer-encoding', 'host'],
  ...['content-length', 'content-encoding', 'expect'],
];

const headersOf = ({ headers }: IncomingMessage): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !HOP_BY_HOP.includes(name) ? [[name, value]] : [],
  );
