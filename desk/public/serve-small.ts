import type { Context } from 'hono';
import type { SmallPictures } from '../reading/pictures.js';
import { hasVersion } from './serve-asset.js';

/**
 * A picture in a smaller width. Who may see it has been decided.
 *
 * @param headers of what is there, beside its own
 * @returns null where there is none
 */
export async function serveSmall(
  c: Context,
  pictures: SmallPictures,
  { asset, width }: { asset: string; width: number },
  headers: Readonly<Record<string, string>>,
): Promise<Response | null> {
  const etag = `"${asset}-w${width}"`;
  const isKept = hasVersion(c.req.header('If-None-Match'), etag);
  const bytes = isKept ? null : await pictures.find(asset, width);
  if (!isKept && !bytes) return null;
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  c.header('ETag', etag);
  if (!bytes) return c.body(null, 304);
  c.header('Content-Type', 'image/webp');
  c.header('Content-Length', String(bytes.length));
  return c.req.method === 'HEAD' ? c.body(null) : c.body(bytes);
}
