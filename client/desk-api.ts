import type { Settings } from '../contract/settings.js';
import { DeskError, errorLine } from './errors.js';
import { readToken } from './token.js';

const DEADLINE_MS = 10_000;

/** The desk's HTTP API, which answers for what outlives a workflow. */
export interface DeskApi {
  readonly url: string;
  /**
   * One document, such as `/api/posts/UpkTZ26nc9Eb`; null when the desk has none there.
   *
   * @throws DeskError when the desk does not answer, refuses the token, or answers with something else
   */
  get<T>(address: string): Promise<T | null>;
}

/** The desk of these settings. Nothing is read or sent before the first call. */
export function deskApi(settings: Pick<Settings, 'url' | 'token' | 'data'>): DeskApi {
  const { url } = settings;
  return {
    url,
    async get<T>(address: string): Promise<T | null> {
      const token = await readToken(settings);
      const headers = { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
      const response = await fetch(`${url}${address}`, {
        headers,
        signal: AbortSignal.timeout(DEADLINE_MS),
      }).catch((error: unknown) => {
        throw new DeskError(
          `the desk does not answer at ${url} (${fetchReason(error)}); start it with npm start, or set COPYDESK_URL`,
        );
      });
      const text = await response.text().catch(() => '');
      if (response.status === 404) return null;
      if (response.status === 401 || response.status === 403) {
        const which = token ? 'refuses the token' : 'asks for a token and none was found';
        throw new DeskError(
          `the desk at ${url} ${which}; set COPYDESK_TOKEN, or COPYDESK_DATA to its folder`,
        );
      }
      const document = parse(text);
      if (response.ok && document !== null) return document as T;
      const said = (document as { error?: { message?: string } } | null)?.error?.message;
      throw new DeskError(
        `the desk at ${url} answered ${address} with ${response.status}${said ? `: ${errorLine(said)}` : ''}`,
      );
    },
  };
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
