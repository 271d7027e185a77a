import OpenAI from 'openai';
import { guardedFetch, httpFetch } from '../http-fetch.js';
import { ProviderError } from '../provider-error.js';
import { bodyWords } from '../readable.js';
import type { Secrets } from '../secrets.js';
import { asProviderError } from './openai-errors.js';
import { shortName } from './reply.js';
import { type Loose, asObject } from './usage.js';

interface ConnectionSettings {
  readonly apiKey: string;
  readonly baseUrl: string;
  /** As messages call the server. */
  readonly provider: string;
  readonly timeoutSeconds: number;
  readonly secrets: Secrets;
}

/** An answer with a good status, of whose body nothing is known but that it is a JSON object. */
export interface GoodAnswer {
  readonly body: Loose;
  readonly headers: Headers;
  /** Wall time of the call. */
  readonly seconds: number;
}

/** The way to a server: one POST at a time, by the client of the vendor, which is never let try again. */
export class Connection {
  readonly provider: string;
  readonly secrets: Secrets;
  readonly #client: OpenAI;
  readonly #timeoutSeconds: number;

  constructor({ apiKey, baseUrl, provider, timeoutSeconds, secrets }: ConnectionSettings) {
    this.provider = provider;
    this.secrets = secrets;
    this.#timeoutSeconds = timeoutSeconds;
    this.#client = new OpenAI({
      apiKey,
      baseURL: baseUrl,
      maxRetries: 0,
      // Ours, in `post`, holds for the whole answer; the client's only until the headers are there.
      timeout: (timeoutSeconds + 60) * 1_000,
      fetch: guardedFetch(httpFetch, secrets),
    });
  }

  /**
   * One POST.
   *
   * @param key our own id for the call; sent as `X-Client-Request-Id`
   * @throws ProviderError when no answer came, or one that is an error; an abort by `signal` as it is
   */
  async post(
    send: (client: OpenAI, options: OpenAI.RequestOptions) => Promise<Response>,
    { key, signal: stop }: { readonly key?: string; readonly signal?: AbortSignal | undefined },
  ): Promise<GoodAnswer> {
    const started = performance.now();
    const inTime = AbortSignal.timeout(this.#timeoutSeconds * 1_000);
    const signal = stop ? AbortSignal.any([stop, inTime]) : inTime;
    const options = {
      maxRetries: 0,
      signal,
      headers: key === undefined ? {} : { 'X-Client-Request-Id': key },
    };
    try {
      const answer = await send(this.#client, options);
      const body = await readBody(answer, this.provider, this.secrets);
      return {
        body,
        headers: answer.headers,
        seconds: Math.round(performance.now() - started) / 1_000,
      };
    } catch (error) {
      if (stop?.aborted) throw new OpenAI.APIUserAbortError();
      if (inTime.aborted) {
        const limit = `no answer within ${this.#timeoutSeconds} s (COPYDESK_TEXT_TIMEOUT)`;
        const facts = { provider: this.provider, kind: 'lost', code: 'timeout', cause: error } as const;
        throw new ProviderError(`${this.provider}: ${limit}`, facts);
      }
      throw asProviderError(error, this.provider, this.secrets);
    }
  }

  /** A name of the server's own, as `shortName` reads it. */
  name(given: unknown): string | null {
    return shortName(given, this.secrets);
  }
}

/** Far over what any answer takes, in bytes; a document that is longer is not held in memory. */
const LONGEST_BODY = 16 * 1_024 * 1_024;

/**
 * The JSON object of an answer with a good status.
 *
 * @throws ProviderError `lost` when it is none, such as a proxy's page: nothing in it tells what the call cost
 */
export async function readBody(answer: Response, provider: string, secrets: Secrets): Promise<Loose> {
  const requestId = shortName(answer.headers.get('x-request-id'), secrets);
  const lost = (words: string, cause?: unknown): ProviderError =>
    new ProviderError(`${provider}: ${words}`, {
      provider,
      kind: 'lost',
      status: answer.status,
      requestId,
      secrets,
      cause,
    });
  const bytes = await readBytes(answer).catch((error: unknown) => {
    throw lost(`the answer broke off: ${error instanceof Error ? error.message : String(error)}`, error);
  });
  if (!bytes) throw lost(`the answer is over ${LONGEST_BODY / 1_024 / 1_024} MB`);
  const text = new TextDecoder().decode(bytes);
  const body = asObject(parsed(text));
  if (body) return body;
  const told = bodyWords(text, secrets);
  throw lost(`the answer could not be read: ${told === '' ? 'it is empty' : told}`);
}

/** Null when there is more than we hold. */
async function readBytes(answer: Response): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > LONGEST_BODY) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
