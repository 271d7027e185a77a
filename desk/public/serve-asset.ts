import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { AssetStore } from '../../services/assets/assets.js';
import { hasVersion } from '../http/made-once.js';
import type { SmallPictures } from '../reading/pictures.js';

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

/** A part of a file, both ends included. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a `Range` header for a file of `size` bytes (RFC 9110, section 14).
 *
 * @returns the part, `unsatisfiable` where it lies outside the file, or `whole` where there is no header, or one that a
 *   server may ignore: another unit, several parts, or nonsense.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match) return 'whole';
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return 'whole';
  return start >= size ? 'unsatisfiable' : { start, end };
}
