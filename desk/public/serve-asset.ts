import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { AssetStore } from '../../services/assets/assets.js';
import { parseRange } from './range.js';

const contentType = (asset: string): string => (asset.endsWith('.mp4') ? 'video/mp4' : 'image/png');

/**
 * A stored file, whole or in ranges, as players ask for clips. Who may see it has been decided.
 *
 * @param headers of what is there, beside its own
 */
export async function serveAsset(
  c: Context,
  assets: AssetStore,
  asset: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const size = await assets.size(asset);
  if (size === null) return c.notFound();

  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  const etag = `"${asset}-${size}"`;
  c.header('ETag', etag);
  c.header('Accept-Ranges', 'bytes');
  if (hasVersion(c.req.header('If-None-Match'), etag)) return c.body(null, 304);

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
}

/** Whether a browser, by its `If-None-Match`, has a version already. */
export const hasVersion = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((candidate) => ['*', etag, `W/${etag}`].includes(candidate.trim())) ?? false;
