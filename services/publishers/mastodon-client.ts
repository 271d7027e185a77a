import type { mastodon } from 'masto';
import type { HttpRequestParams, HttpResponse } from 'masto/interfaces/index.js';
import type { Fetch } from '../http-fetch.js';
import { retryAfterMs } from '../provider-error.js';
import { bodyWords, readable } from '../readable.js';
import { createSecrets } from '../secrets.js';
import { whyNoAnswer } from '../signed-post.js';
import { readNoAnswer, readStatus } from './failures.js';
import { TargetFailure } from './publisher.js';

export type MastodonClient = mastodon.rest.Client;
export type Status = mastodon.v1.Status;

interface ClientSettings {
  /** The instance. */
  readonly url: string;
  readonly token: string;
  readonly fetch: Fetch;
}

/** An answer that is no result: an error status, or no JSON. */
class BadAnswer extends Error {
  override name = 'BadAnswer' as const;
  readonly status: number;
  readonly headers: Headers;
  /** As it came, and by whomever. */
  readonly body: string;

  constructor({ status, headers }: Response, body: string) {
    super(`answered ${status}`);
    [this.status, this.headers, this.body] = [status, headers, body];
  }
}

/**
 * masto's client over a `fetch` of ours. Its own takes the global one, and throws away the status of an answer that is no JSON: a
 * proxy's 502 would be told from a refusal by nothing. Loaded with the first post for an instance.
 *
 * @throws by each call: BadAnswer, and what the fetch throws
 */
export async function createClient({ url, token, fetch }: ClientSettings): Promise<MastodonClient> {
  const [action, hooks, config, http, serializers] = await Promise.all([
    import('masto/adapters/action/index.js'),
    import('masto/adapters/action/dispatcher-http-hook-mastodon.js'),
    import('masto/adapters/config/http-config.js'),
    import('masto/adapters/http/base-http.js'),
    import('masto/adapters/serializers/index.js'),
  ]);
  const serializer = new serializers.SerializerNativeImpl();
  const settings = new config.HttpConfigImpl({ url, accessToken: token }, serializer);

  class FetchHttp extends http.BaseHttp {
    async request<T>(params: HttpRequestParams): Promise<HttpResponse<T>> {
      const { method, path, search, encoding = 'json', requestInit = {} } = params;
      const body = params.body && serializer.serialize(encoding as 'json', params.body);
      const init = settings.mergeRequestInitWithDefaults(requestInit);
      const headers = new Headers(init.headers);
      if (typeof body === 'string') headers.set('content-type', 'application/json');
      const answer = await fetch(settings.resolvePath(path, search), { ...init, method, headers, body });
      const words = await answer.text();
      if (!answer.ok) throw new BadAnswer(answer, words);
      try {
        return {
          headers: answer.headers,
          data: serializer.deserialize<T & Record<string, unknown>>('json', words),
        };
      } catch {
        throw new BadAnswer(answer, words);
      }
    }
  }

  const over = new FetchHttp();
  const dispatcher = new action.HttpActionDispatcher(over, new hooks.HttpActionDispatcherHookMastodon(over));
  return action.createActionProxy(dispatcher, { context: ['api'] });
}

/** What was asked, as far as it bears on what a failure means. */
export interface MastodonCall {
  /** `write`: the status may stand there. Whatever comes before leaves nothing that a reader sees. */
  readonly phase: 'before' | 'write';
  readonly host: string;
  /** Of the token, which a person has to mend. */
  readonly variable: string;
  readonly token: string;
  readonly now: Date;
}

/** What a call's failure means for the attempt that it was part of; what is one already stays as it is. */
export function readMastodonFailure(error: unknown, asked: MastodonCall): TargetFailure {
  if (error instanceof TargetFailure) return error;
  const { phase, host } = asked;
  if (error instanceof BadAnswer) return answered(error, asked);
  const message = readable(`${host}: ${whyNoAnswer(error)}`, createSecrets([asked.token]));
  return new TargetFailure(...readNoAnswer(error, phase === 'write'), message);
}

function answered(answer: BadAnswer, { phase, host, variable, token, now }: MastodonCall): TargetFailure {
  const secrets = createSecrets([token]);
  const words = wordsOf(answer);
  const told = words === null ? bodyWords(answer.body, secrets) : words;
  const said = told === '' ? '' : `: ${told}`;
  const { status } = answer;
  const [outcome, type] = readStatus(status, phase === 'write');
  const who = type === 'Target.SignIn' ? `${variable} at ${host}` : host;
  const message = readable(`${who} answered ${status}${said}`, secrets);
  const isTooLong = status === 422 && /character limit/i.test(words ?? '');
  return new TargetFailure(
    outcome,
    isTooLong ? 'Target.TooLong' : type,
    message,
    waitOf(answer.headers, now),
  );
}

/** Whether a status was refused because a file of it is not processed yet (mastodon/mastodon, `media_attachments.validations.not_ready`). */
export const isUnfinished = (error: unknown): boolean =>
  error instanceof BadAnswer && error.status === 422 && /finished processing/i.test(wordsOf(error) ?? '');

export const isMissing = (error: unknown): boolean =>
  error instanceof BadAnswer && (error.status === 404 || error.status === 410);

/** Mastodon's error document; null for any other. */
function wordsOf({ body }: BadAnswer): string | null {
  try {
    const { error, error_description: more } = JSON.parse(body) as Record<string, unknown>;
    if (typeof error !== 'string') return null;
    return typeof more === 'string' ? `${error}: ${more}` : error;
  } catch {
    return null;
  }
}

/** Seconds to wait, which Mastodon says as the time at which the limit is lifted; null where it says nothing. */
function waitOf(headers: Headers, now: Date): number | null {
  const lifted = Date.parse(headers.get('x-ratelimit-reset') ?? '');
  const remaining = headers.get('x-ratelimit-remaining');
  // An answer that is no refusal by the limit has the header too.
  const ms =
    lifted > now.getTime() && (remaining === null || Number(remaining) <= 0)
      ? lifted - now.getTime()
      : retryAfterMs(headers.get('retry-after'), now.getTime());
  return ms === null ? null : Math.max(1, Math.ceil(ms / 1_000));
}
