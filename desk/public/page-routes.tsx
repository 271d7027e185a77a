import { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import { mediaOf, type Reader } from '../reading/reader.js';
import type { Session } from '../http/session.js';
import { type MeasurePicture, measurePictures, type PixelSize } from '../reading/pictures.js';
import { HomePage } from './home-page.js';
import { printable } from '../http/printable.js';
import { findAccount, isTakenDown, listAccounts, takenDownBy } from '../reading/accounts.js';
import { ACCOUNT_ROUTE, accountPath, handleOf } from '../kit/addresses.js';
import { publishedPage, readBefore } from '../reading/queries.js';
import { parameter } from '../http/bad-request.js';
import { madeOnce } from '../http/made-once.js';
import { PublicAccountPage } from './account-page.js';
import { PublicPostPage, TakenDownPage } from './post-page.js';
import type { PublishedPost } from '../../services/archive/records/records.js';

const PAGE_SIZE = 20;

/** What a request knows of who asks. */
interface PageEnv {
  readonly Variables: { signedIn: boolean };
}

/** `/`, `/@<handle>` and `/@<handle>/posts/<postId>`. */
export function pageRoutes(deps: DeskDeps, reader: Reader, session: Session): Hono<PageEnv> {
  const { archive, assets, settings, now } = deps;
  const measure = measurePictures(assets);
  const routes = new Hono<PageEnv>();
  routes.use(
    async function privateWhenSignedIn(c, next) {
      // Once a request: who is let in while a page for all is being made must not have theirs given to all.
      c.set('signedIn', session.isSignedIn(c));
      await next();
      c.header('Cache-Control', c.var.signedIn ? 'no-store' : 'no-cache');
      c.header('Vary', 'Cookie, Authorization');
    },
    madeOnce((c) => !(c.get('signedIn') as boolean)),
  );

  routes.get('/', async (c) => {
    if (c.var.signedIn) return c.redirect('/desk', 303);
    return c.html(<HomePage accounts={printable(await listAccounts(deps))} url={settings.url} />);
  });

  routes.get(ACCOUNT_ROUTE, async (c) => {
    const before = readBefore(parameter(c, 'before'));
    const handle = handleOf(c);
    const account = handle === null ? null : await findAccount(deps, handle);
    if (!account) return c.notFound();
    const { posts, next } = await publishedPage(archive.records, account.handle, { size: PAGE_SIZE, before });
    return c.html(
      <PublicAccountPage
        account={printable(account)}
        posts={printable(posts)}
        sizes={await sizesOf(posts, measure)}
        next={next}
        isFirst={before === null}
        signedIn={c.var.signedIn}
        url={settings.url}
        now={now()}
      />,
    );
  });

  routes.get(`${ACCOUNT_ROUTE}/posts/:id`, async (c) => {
    const [id, signedIn, handle] = [c.req.param('id'), c.var.signedIn, handleOf(c)];
    const view = await reader.postView(id, signedIn);
    const takenDown =
      view && !isTakenDown(view.status) ? null : (view?.account ?? (await takenDownBy(deps, id)));
    if (takenDown?.handle === handle)
      return c.html(<TakenDownPage account={printable(takenDown)} postId={id} signedIn={signedIn} />, 410);
    if (!view || view.status.account !== handle) return c.notFound();
    const [neighbours, size] = await Promise.all([
      view.isPublic ? archive.records.findNeighbours(handle, id) : { older: null, newer: null },
      view.hero === null ? null : measure(view.hero),
    ]);
    return c.html(
      <PublicPostPage
        view={printable(view)}
        neighbours={printable(neighbours)}
        size={size}
        signedIn={signedIn}
        url={settings.url}
        now={now()}
      />,
    );
  });

  routes.get(`${ACCOUNT_ROUTE}/`, (c) => {
    const handle = handleOf(c);
    return handle === null ? c.notFound() : c.redirect(accountPath(handle), 301);
  });
  return routes;
}

/** The sizes of their hero images, by asset name, as far as they can be told. */
async function sizesOf(
  posts: readonly PublishedPost[],
  measure: MeasurePicture,
): Promise<Map<string, PixelSize>> {
  const sizes = new Map<string, PixelSize>();
  await Promise.all(
    posts.map(async ({ edition }) => {
      const { hero } = mediaOf(edition.assets);
      const size = hero === null ? null : await measure(hero);
      if (hero !== null && size !== null) sizes.set(hero, size);
    }),
  );
  return sizes;
}
