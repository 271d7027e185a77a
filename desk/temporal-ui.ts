import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { isOwnHost, shownHost } from './http/gate.js';
import { isSameOrigin } from './http/origin.js';

const READS: readonly string[] = ['GET', 'HEAD'];
const WRITES: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * The Temporal UI, which asks nobody for a token, behind a check of who asks: only under a name of ours, and what changes
 * something only from a page of its own. It passes everything else on as it is.
 *
 * @param upstream where the UI is by now, without a slash at the end.
 * @param addresses at which this machine is known to be reached, beside the loopback.
 */
export function temporalUi(options: { upstream: () => string; addresses: readonly string[] }): Hono {
  const { upstream, addresses } = options;
  const app = new Hono();
  app.use(async function ownHostOnly(c, next) {
    const host = c.req.header('Host');
    if (isOwnHost(host, addresses)) return next();
    const name = shownHost(host);
    return c.text(
      `The Temporal UI is not served as '${name}': use 127.0.0.1, or set COPYDESK_URL to this address\n`,
      403,
    );
  });
  app.use(async function ownPagesOnly(c, next) {
    const { method } = c.req;
    if (READS.includes(method)) return next();
    if (!WRITES.includes(method)) return c.text(`The Temporal UI takes no ${method}\n`, 405);
    const host = c.req.header('Host') ?? '';
    const from = { origin: c.req.header('Origin'), fetchSite: c.req.header('Sec-Fetch-Site') };
    if (isSameOrigin(from, [`http://${host}`, `https://${host}`])) return next();
    return c.text('This was sent from another site; the Temporal UI takes it from its own pages only\n', 403);
  });
  app.all('*', async (c) => {
    const { pathname, search } = new URL(c.req.url);
    const { raw } = c.req;
    try {
      const answer = await proxy(`${upstream()}${pathname}${search}`, { raw, redirect: 'manual' });
      return new Response(answer.body && untilLeft(answer.body, raw.signal), answer);
    } catch {
      return c.text('The Temporal UI is not there just now; reload in a moment\n', 502);
    }
  });
  return app;
}

/** Ends quietly with `left`: what serves us prints the stack of a body that breaks off, and a browser that leaves is no error. */
function untilLeft(body: ReadableStream<Uint8Array>, left: AbortSignal): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        if (left.aborted) controller.close();
        else controller.error(error);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
