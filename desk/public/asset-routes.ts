import { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Session } from '../http/session.js';
import { isOnRecord } from '../reading/reader.js';
import { currentAccount } from '../reading/accounts.js';
import { createSmallPictures } from '../reading/pictures.js';
import { smallPicture } from '../../services/assets/small-picture.js';
import { ASSET_PATTERN } from '../../contract/ids.js';
import { parameter } from '../http/bad-request.js';
import { serveAsset, serveSmall } from './serve-asset.js';
import { SMALL_WIDTHS, type SmallWidth } from '../kit/addresses.js';

const ID_LENGTH = 12;
const YEAR_SECONDS = 31_536_000;
/** For how long a cache may still show a picture whose post was taken back. */
const TAKEN_BACK_SECONDS = 300;

/** As long as the post is published; as long as the account's record is public; or for who is signed in. */
type Audience = 'everybody' | 'readers of the record' | 'the signed-in';

const CACHE: Readonly<Record<Audience, string>> = {
  // Its post may be taken back.
  everybody: `public, max-age=${TAKEN_BACK_SECONDS}`,
  // The account file may take it back.
  'readers of the record': 'no-cache',
  'the signed-in': `private, max-age=${YEAR_SECONDS}, immutable`,
};

const postOf = (asset: string): string => asset.slice(0, ID_LENGTH);

/**
 * `/assets/<asset>`, whole or in ranges, as players ask for clips. A picture of a post that is not public is there for
 * the signed-in only. A name never gets other bytes, so what a browser has kept is never sent to it again. With `?w=`, a picture
 * comes in one of a few smaller widths.
 */
export function assetRoutes(
  { archive, accounts, assets }: Pick<DeskDeps, 'archive' | 'accounts' | 'assets'>,
  session: Session,
): Hono {
  const audienceOf = async (asset: string): Promise<Audience> => {
    const published = await archive.records.findPublishedPost(postOf(asset));
    if (!published) return 'the signed-in';
    if (published.edition.assets.includes(asset)) return 'everybody';
    if (!isOnRecord(asset, published)) return 'the signed-in';
    const { record } = await currentAccount(accounts, published.account);
    return record === 'public' ? 'readers of the record' : 'the signed-in';
  };
  const pictures = createSmallPictures({ assets, make: smallPicture });
  const routes = new Hono();
  routes.get('/:asset', async (c) => {
    const asset = c.req.param('asset');
    if (!ASSET_PATTERN.test(asset)) return c.notFound();
    const width = widthIn(parameter(c, 'w'));
    if (width === 'unknown' || (width !== null && !asset.endsWith('.png'))) return c.notFound();
    const audience = await audienceOf(asset);
    if (audience === 'the signed-in' && !session.isSignedIn(c))
      return (await archive.records.isUnpublished(postOf(asset))) ? c.text('Gone', 410) : c.notFound();
    // Feed readers and cards of links show what is public on pages of their own.
    const headers: Record<string, string> =
      audience === 'the signed-in' ? {} : { 'Cross-Origin-Resource-Policy': 'cross-origin' };
    const cached = { 'Cache-Control': CACHE[audience], ...headers };
    const small = width === null ? null : await serveSmall(c, pictures, { asset, width }, cached);
    if (small) return small;
    // What stands in for a smaller one is not to be kept as that.
    return serveAsset(c, assets, asset, width === null ? cached : { ...cached, 'Cache-Control': 'no-cache' });
  });
  return routes;
}

/** Null for the picture as it is. */
function widthIn(text: string | undefined): SmallWidth | null | 'unknown' {
  if (text === undefined) return null;
  return SMALL_WIDTHS.find((width) => String(width) === text) ?? 'unknown';
}
