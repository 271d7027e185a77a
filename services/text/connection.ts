import OpenAI from 'openai';
import { guardedFetch } from '../guarded-fetch.js';
import { ProviderError } from '../provider-error.js';
import type { Secrets } from '../secrets.js';
import { readBody } from './body.js';
import { httpFetch } from '../http-fetch.js';
import { asProviderError } from './openai-errors.js';
import { shortName } from './reply.js';
import type { Loose } from './usage.js';

export interface ConnectionSettings {
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
        ...{ body, headers: answer.headers },
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
