import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { ASSET_PATTERN } from '../contract/ids.js';
import { currentAccount } from './current-account.js';
import type { DeskDeps } from './deps.js';
import { parseRange } from './range.js';
import { isOnRecord } from './reader.js';
import type { Session } from './session.js';

const ID_LENGTH = 12;
const YEAR_SECONDS = 31_536_000;

/** For good; as long as the account's record is public; or for who is signed in. */
type Audience = 'everybody' | 'readers of the record' | 'the signed-in';

const CACHE: Readonly<Record<Audience, string>> = {
  everybody: `public, max-age=${YEAR_SECONDS}, immutable`,
  // The account file may take it back.
  'readers of the record': 'no-cache',
  'the signed-in': `private, max-age=${YEAR_SECONDS}, immutable`,
};

const contentType = (asset: string): string => (asset.endsWith('.mp4') ? 'video/mp4' : 'image/png');

/**
 * `/assets/<asset>`, whole or in ranges, as players ask for clips. A picture of a post that is not public is there for
 * the signed-in only. A name never gets other bytes, so a browser may keep them.
 */
export function assetRoutes(
  { archive, accounts, assets }: Pick<DeskDeps, 'archive' | 'accounts' | 'assets'>,
  session: Session,
): Hono {
  const audienceOf = async (asset: string): Promise<Audience> => {
    const published = await archive.records.findPublishedPost(asset.slice(0, ID_LENGTH));
    if (!published) return 'the signed-in';
    if (published.edition.assets.includes(asset)) return 'everybody';
    if (!isOnRecord(asset, published)) return 'the signed-in';
    const { record } = await currentAccount(accounts, published.account);
    return record === 'public' ? 'readers of the record' : 'the signed-in';
  };
  const routes = new Hono();
  routes.get('/:asset', async (c) => {
    const asset = c.req.param('asset');
    if (!ASSET_PATTERN.test(asset)) return c.notFound();
    const audience = await audienceOf(asset);
    if (audience === 'the signed-in' && !session.isSignedIn(c)) return c.notFound();
    const size = await assets.size(asset);
    if (size === null) return c.notFound();

    const etag = `"${asset}-${size}"`;
    c.header('ETag', etag);
    c.header('Cache-Control', CACHE[audience]);
    c.header('Accept-Ranges', 'bytes');
    // Feed readers and cards of links show what is public on pages of their own.
    if (audience !== 'the signed-in') c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    if (matches(c.req.header('If-None-Match'), etag)) return c.body(null, 304);

    const sameVersion = [undefined, etag].includes(c.req.header('If-Range'));
    const range = sameVersion ? parseRange(c.req.header('Range'), size) : 'whole';
    if (range === 'unsatisfiable') {
      c.header('Content-Range', `bytes */${size}`);
      return c.text('No such range', 416);
    }
    const part = range === 'whole' ? null : range;
    c.header('Content-Type', contentType(asset));
    c.header('Content-Length', String(part ? part.end - part.start + 1 : size));
    if (part) c.header('Content-Range', `bytes ${part.start}-${part.end}/${size}`);
    if (c.req.method === 'HEAD') return c.body(null, part ? 206 : 200);
    const opened = await assets.open(asset, part ?? undefined);
    if (!opened) return c.notFound();
    return c.body(Readable.toWeb(opened.stream) as ReadableStream, part ? 206 : 200);
  });
  return routes;
}

const matches = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((candidate) => ['*', etag, `W/${etag}`].includes(candidate.trim())) ?? false;
