import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';

/** An answer as it can be given to many. */
interface Made {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ArrayBuffer;
  readonly etag: string;
}

/** An answer in the making, and the one after it, which is for all who ask meanwhile. */
interface Making {
  readonly current: Promise<Made>;
  next: Promise<Made> | null;
}

/**
 * Makes what all strangers see alike once for all who ask at the same time. Nobody gets an answer that was begun before they asked:
 * who comes while one is made shares the next. So nothing has to be told when a page changes, and a crowd costs two pages.
 *
 * @param isAlike whether a request is answered as everybody's is
 */
export function madeOnce(isAlike: (c: Context) => boolean = () => true): MiddlewareHandler {
  const makings = new Map<string, Making>();

  const begin = (key: string, make: () => Promise<Made>): Promise<Made> => {
    const current = make();
    makings.set(key, { current, next: null });
    const end = (): void => {
      if (makings.get(key)?.current === current) makings.delete(key);
    };
    current.then(end, end);
    return current;
  };
  const share = (key: string, make: () => Promise<Made>): Promise<Made> => {
    const making = makings.get(key);
    if (!making) return begin(key, make);
    making.next ??= making.current.then(
      () => begin(key, make),
      () => begin(key, make),
    );
    return making.next;
  };

  return async function madeOnce(c, next) {
    if (!['GET', 'HEAD'].includes(c.req.method) || !isAlike(c)) return next();
    const { status, headers, body, etag } = await share(c.req.url, async () => {
      await next();
      return read(c.res);
    });
    const isKept = status === 200 && hasVersion(c.req.header('If-None-Match'), etag);
    const answer = new Response(isKept ? null : body, { status: isKept ? 304 : status });
    for (const [name, value] of headers)
      if (!isKept || !/^content-(type|length)$/.test(name)) answer.headers.append(name, value);
    if (status === 200) answer.headers.set('ETag', etag);
    c.res = undefined;
    c.res = answer;
    return undefined;
  };
}

async function read(response: Response): Promise<Made> {
  const body = await response.arrayBuffer();
  const etag = `"${createHash('sha256').update(Buffer.from(body)).digest('base64url').slice(0, 27)}"`;
  return { status: response.status, headers: [...response.headers], body, etag };
}

/** Whether a browser, by its `If-None-Match`, has a version already. */
export const hasVersion = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((candidate) => ['*', etag, `W/${etag}`].includes(candidate.trim())) ?? false;
