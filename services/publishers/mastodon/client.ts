import type { mastodon } from 'masto';
import type { HttpRequestParams, HttpResponse } from 'masto/interfaces/index.js';
import type { Fetch } from '../../http-fetch.js';

export type MastodonClient = mastodon.rest.Client;
export type Status = mastodon.v1.Status;

export interface ClientSettings {
  /** The instance. */
  readonly url: string;
  readonly token: string;
  readonly fetch: Fetch;
}

/** An answer that is no result: an error status, or no JSON. */
export class BadAnswer extends Error {
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
