import { crc32 } from 'node:zlib';

/** Where a PNG's first chunk begins (ISO/IEC 15948, 5.2), and what a chunk has around its data: length, type and checksum. */
const SIGNATURE_BYTES = 8;
const AROUND_DATA = 12;
const KEYWORD = 'XML:com.adobe.xmp';
const TEXTS = ['iTXt', 'zTXt', 'tEXt'];

/**
 * A PNG with a text of XMP, and without any that it had: a chunk as part 3 of Adobe's XMP specification has it, right behind the
 * header. No other byte changes, so neither does a pixel.
 *
 * @param png one that decodes
 */
export function pngWithXmp(png: Buffer, xmp: string): Buffer {
  const behindHeader = endOfChunk(png, SIGNATURE_BYTES);
  const parts = [png.subarray(0, behindHeader), xmpChunk(xmp)];
  let kept = behindHeader;
  for (let at = behindHeader; at < png.length;) {
    const end = endOfChunk(png, at);
    if (isXmp(png, at)) {
      parts.push(png.subarray(kept, at));
      kept = end;
    }
    at = end;
  }
  return Buffer.concat([...parts, png.subarray(kept)]);
}

/** What follows the last whole chunk, which no decoder reads, counts as one. */
function endOfChunk(png: Buffer, at: number): number {
  const length = at + AROUND_DATA <= png.length ? png.readUInt32BE(at) : Infinity;
  return Math.min(png.length, at + AROUND_DATA + length);
}

/** In whatever kind of text: libvips writes it as `zTXt`, for which the specification has no place. */
const isXmp = (png: Buffer, at: number): boolean =>
  TEXTS.includes(png.toString('latin1', at + 4, at + 8)) &&
  png.toString('latin1', at + 8, at + 9 + KEYWORD.length) === `${KEYWORD}\0`;

/** Not compressed, in no language, without a translated keyword. */
function xmpChunk(xmp: string): Buffer {
  const content = Buffer.concat([
    Buffer.from(`iTXt${KEYWORD}\0\0\0\0\0`, 'latin1'),
    Buffer.from(xmp, 'utf8'),
  ]);
  const chunk = Buffer.alloc(content.length + 8);
  chunk.writeUInt32BE(content.length - 4, 0);
  content.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(content), chunk.length - 4);
  return chunk;
}
