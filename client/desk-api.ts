import type { Settings } from '../config/settings.js';
import { errorLine } from '../contract/errors.js';
import { DeskError } from './errors.js';
import { readToken } from './token.js';

const DEADLINE_MS = 10_000;
/** A decision or an order is answered once it has taken effect, which the desk itself waits 10 s for. */
const ORDER_MS = 30_000;
/** The longest silence in a long answer: the desk reads an archive whole before its first line. `fetch` ends at 300 s. */
const SILENCE_MS = 240_000;

/** The desk answered, with a document that says why it does not do what was asked. */
export class DeskRefusal extends DeskError {
  /** Of HTTP. */
  readonly status: number;
  /** In one line. */
  readonly reason: string;
  override readonly field: string | undefined;
  constructor(message: string, status: number, { reason, field }: { reason: string; field?: string }) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.field = field;
  }
}

/** The desk's HTTP API, which answers for what outlives a workflow. */
export interface DeskApi {
  readonly url: string;
  /**
   * One document, such as `/api/posts/UpkTZ26nc9Eb`; null when the desk has none there.
   *
   * @throws DeskError when the desk does not answer, refuses the token, or answers with something else
   */
  get<T>(address: string): Promise<T | null>;
  /** As `get`, for what the desk always has: with none there it throws a DeskRefusal that says why. */
  demand<T>(address: string): Promise<T>;
  /** Posts a document and answers the one that comes back, within 30 seconds unless told. @throws DeskError as `get` */
  post<T>(address: string, document: object, withinMs?: number): Promise<T>;
  /**
   * A long answer, as it comes. It may take as long as it likes, as long as something comes.
   *
   * @throws DeskError as `get`, also for an address that the desk does not know; and while it is read, when it breaks off
   */
  read(address: string): Promise<AsyncIterable<Uint8Array>>;
  /** Posts a body of any length and answers the document that comes back. @throws DeskError as `get` */
  send<T>(address: string, body: AsyncIterable<Uint8Array>, type: string): Promise<T>;
}

/** The desk of these settings. Nothing is read or sent before the first call. */
export function deskApi(settings: Pick<Settings, 'api' | 'token' | 'data'>): DeskApi {
  const { api: url } = settings;

  async function ask(address: string, init: RequestInit): Promise<Response> {
    const token = await readToken(settings);
    const headers = { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) };
    const response = await fetch(`${url}${address}`, { ...init, headers }).catch((error: unknown) => {
      throw new DeskError(
        `the desk does not answer at ${url} (${fetchReason(error)}); start it with npm start, or set COPYDESK_API`,
      );
    });
    if (response.status !== 401) return response;
    await response.text().catch(() => '');
    const which = token ? 'refuses the token' : 'asks for a token and none was found';
    throw new DeskError(`the desk at ${url} ${which}; set COPYDESK_TOKEN, or COPYDESK_DATA to its folder`);
  }

  async function documentOf<T>(address: string, response: Response): Promise<T> {
    const document = parse(await response.text().catch(() => ''));
    if (response.ok && document !== null) return document as T;
    const { message, field } =
      (document as { error?: { message?: string; field?: string } } | null)?.error ?? {};
    const answered = `the desk at ${url} answered ${address} with ${response.status}`;
    if (!message) throw new DeskError(answered);
    const reason = errorLine(message);
    throw new DeskRefusal(`${answered}: ${reason}`, response.status, { reason, field });
  }

  const askForDocument = (address: string): Promise<Response> =>
    ask(address, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(DEADLINE_MS) });

  return {
    url,
    async demand<T>(address: string): Promise<T> {
      return documentOf<T>(address, await askForDocument(address));
    },
    async get<T>(address: string): Promise<T | null> {
      const response = await askForDocument(address);
      if (response.status !== 404) return documentOf<T>(address, response);
      await response.text().catch(() => '');
      return null;
    },
    async post<T>(address: string, document: object, withinMs = ORDER_MS): Promise<T> {
      const init = {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify(document),
        signal: AbortSignal.timeout(withinMs),
      };
      return documentOf<T>(address, await ask(address, init));
    },
    async read(address) {
      const silence = silenceAfter(DEADLINE_MS);
      const response = await ask(address, { signal: silence.signal }).finally(silence.over);
      if (!response.ok || !response.body) return documentOf(address, response);
      return heardIn(response.body, silence, (error) => {
        throw new DeskError(`the desk at ${url} broke off its answer (${fetchReason(error)}); ask again`);
      });
    },
    async send<T>(address: string, body: AsyncIterable<Uint8Array>, type: string): Promise<T> {
      const headers = { accept: 'application/json', 'content-type': type };
      const init = {
        method: 'POST',
        headers,
        body: body as unknown as RequestInit['body'],
        duplex: 'half' as const,
      };
      return documentOf<T>(address, await ask(address, init));
    },
  };
}

interface Silence {
  readonly signal: AbortSignal;
  /** From now on something must come within 4 minutes. */
  listen(): void;
  /** Something came, or nothing is waited for. */
  over(): void;
}

/** Aborts what it goes along with when nothing comes: at first for `ms`. */
function silenceAfter(ms: number): Silence {
  const controller = new AbortController();
  const after = (wait: number): NodeJS.Timeout =>
    setTimeout(() => controller.abort(new Error(`nothing came for ${wait / 1_000} s`)), wait);
  let timer = after(ms);
  const over = (): void => clearTimeout(timer);
  const listen = (): void => {
    over();
    timer = after(SILENCE_MS);
  };
  return { signal: controller.signal, listen, over };
}

async function* heardIn(
  body: AsyncIterable<Uint8Array>,
  silence: Silence,
  broken: (error: unknown) => never,
): AsyncGenerator<Uint8Array> {
  try {
    silence.listen();
    for await (const chunk of body) {
      silence.over();
      yield chunk;
      silence.listen();
    }
  } catch (error) {
    broken(error);
  } finally {
    silence.over();
  }
}

function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** fetch says only "fetch failed"; the reason is its cause. */
function fetchReason(error: unknown): string {
  const cause = (error as Error).cause as (Error & { code?: string }) | undefined;
  return cause?.code ?? errorLine(cause ?? error);
}
