import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type Filled, filledIn, readShareForm } from './share-form.js';
import { type Closed, closedBy, type Link, readLink, SPENT, UNKNOWN } from './link.js';
import type { PostView, Reader } from '../reading/reader.js';
import type { DeskDeps } from '../deps.js';
import { allowGuesses } from '../http/allowance.js';
import { findVisitor } from '../http/visitor.js';
import { LinkPage, ReviewPage } from './share-page.js';
import { printable } from '../http/printable.js';
import { stateWords } from '../../contract/states.js';
import { serveAsset } from '../public/serve-asset.js';
import { ownFormsOnly } from '../http/origin.js';
import { readForm } from '../kit/form.js';
import { toldOf } from '../api/refusal.js';
import { errorLine } from '../../contract/errors.js';

/** More than the longest form of ours, in bytes: each of its characters may take nine. */
const FORM_BYTES = 64 * 1024;
const EMPTY: Filled = { name: '', words: '', redo: 'text' };

/** A link that can be used, with its post. */
interface Open {
  readonly link: Link;
  readonly view: PostView;
  readonly path: string;
}

/** `/review/<token>`: one post for somebody without a token, who decides once. No GET decides. */
export function shareRoutes(deps: DeskDeps, reader: Reader): Hono {
  const { assets, settings, sessions, posts, log, now } = deps;
  const guesses = allowGuesses(now, log, 'review link');
  const routes = new Hono();
  routes.use(async function unlisted(c, next) {
    await next();
    c.header('X-Robots-Tag', 'noindex');
  });

  /** What an address leads to: a post to be decided on, or why none is shown. */
  async function find(token: string): Promise<Open | Closed> {
    const link = readLink(token, sessions.secret);
    if (!link) return UNKNOWN;
    const view = await reader.postView(link.postId, true);
    const isSpent = sessions.spent.has(link);
    const closed = closedBy(link, view?.status ?? null, { isSpent, now: now() });
    if (closed) return closed;
    return view ? { link, view, path: `/review/${token}` } : UNKNOWN;
  }

  /** A visitor who tries one token after the other is slowed; a right one is always taken. */
  function closedPage(c: Context, closed: Closed) {
    const wait = closed === UNKNOWN ? guesses.take(findVisitor(c)) : null;
    if (wait === null) return c.html(<LinkPage {...closed} />, closed.status);
    c.header('Retry-After', String(wait));
    const message = `Too many wrong links came from your address; try again in ${wait} s.`;
    return c.html(<LinkPage title="Too many wrong links" message={message} />, 429);
  }

  const page = (
    c: Context,
    open: Open,
    status: 200 | 400 | 409 | 503,
    filled = EMPTY,
    problem: string | null = null,
  ) => c.html(<ReviewPage {...printable({ ...open, filled, problem })} now={now()} />, status);

  routes.get('/:token', async (c) => {
    const found = await find(c.req.param('token'));
    return 'link' in found ? page(c, found, 200) : closedPage(c, found);
  });

  routes.get('/:token/done', async (c) => {
    const token = c.req.param('token');
    const link = readLink(token, sessions.secret);
    if (!link) return closedPage(c, UNKNOWN);
    if (!sessions.spent.has(link)) return c.redirect(`/review/${token}`, 303);
    const post = await reader.post(link.postId);
    const state = post ? ` The post is ${stateWords(post.status)} now.` : '';
    return c.html(<LinkPage title="Thank you" message={`Your decision was taken.${state}`} />);
  });

  routes.get('/:token/assets/:asset', async (c) => {
    const found = await find(c.req.param('token'));
    if (!('link' in found)) return closedPage(c, found);
    const asset = c.req.param('asset');
    if (asset !== found.view.hero && asset !== found.view.clip) return c.notFound();
    return serveAsset(c, assets, asset, {});
  });

  routes.post('/:token', ownFormsOnly(settings.url, LinkPage));
  const tooLarge = { title: 'Refused', message: 'This form is too large.' };
  routes.post(
    '/:token',
    bodyLimit({ maxSize: FORM_BYTES, onError: (c) => c.html(<LinkPage {...tooLarge} />, 413) }),
    async (c) => {
      const found = await find(c.req.param('token'));
      if (!('link' in found)) return closedPage(c, found);
      const filled = filledIn((await readForm(c)).field);
      const read = readShareForm(filled, found.view.status);
      if ('problem' in read) return page(c, found, 400, filled, read.problem);
      if (!sessions.spent.add(found.link)) return closedPage(c, SPENT);
      try {
        await posts.review(found.link.postId, read.request);
      } catch (error) {
        sessions.spent.remove(found.link);
        const told = toldOf(error);
        if (!told) throw error;
        const isRefused = told.status === 409 || told.status === 400;
        const problem = isRefused
          ? errorLine(error)
          : 'The desk can not take a decision just now; try again in a minute.';
        return page(c, found, isRefused ? 409 : 503, filled, problem);
      }
      return c.redirect(`${found.path}/done`, 303);
    },
  );
  return routes;
}
