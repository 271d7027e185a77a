import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { bytesOfFile, boxesIn } from './mp4.js';

/** Where a picture or clip comes from, as it says itself wherever it goes. */
export interface Provenance {
  readonly postId: string;
  /** The model that made it, by its provider's name. */
  readonly model: string;
}

/** IPTC's word for what a model made that was trained on the works of people. */
const MADE_BY_A_MODEL = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

/**
 * The XMP of what a model made: `DigitalSourceType` and `AISystemUsed` of the IPTC Photo Metadata Standard 2025.1, and the post's id as
 * the identifier of Dublin Core. The same for the same picture, so that storing it twice stores the same bytes.
 */
export function provenanceXmp({ postId, model }: Provenance): string {
  const properties = {
    'Iptc4xmpExt:DigitalSourceType': MADE_BY_A_MODEL,
    'Iptc4xmpExt:AISystemUsed': model,
    'dc:identifier': postId,
    'xmp:CreatorTool': 'Copydesk',
  };
  const written = Object.entries(properties).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `<rdf:Description rdf:about=""${NAMESPACES}${written.join('')}/>`,
    '</rdf:RDF></x:xmpmeta>',
    '<?xpacket end="r"?>',
  ].join('\n');
}

const NAMESPACES = [
  ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"',
  ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
  ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
].join('');

/** Characters that XML can't hold, as little as a model's name should, go. */
const escaped = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- those that XML 1.0 forbids
    .replace(/[\u0000-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Where a PNG's first chunk begins (ISO/IEC 15948, 5.2), and what a chunk has around its data: length, type and checksum. */
const SIGNATURE_BYTES = 8;
const AROUND_DATA = 12;
const KEYWORD = 'XML:com.adobe.xmp';
/** What tells of a maker: texts, EXIF (where a camera stood, among others), and when it was changed. */
const TELLING = ['iTXt', 'zTXt', 'tEXt', 'eXIf', 'tIME'];

/**
 * A PNG that says nothing of itself but this: a text of XMP as part 3 of Adobe's XMP specification has it, right behind the header.
 * No other byte changes, so neither does a pixel.
 *
 * @param png one that decodes
 * @param xmp null for nothing
 * @returns null where it is so already
 */
export function pngTelling(png: Buffer, xmp: string | null): Buffer | null {
  const behindHeader = endOfChunk(png, SIGNATURE_BYTES);
  const parts = [png.subarray(0, behindHeader), ...(xmp === null ? [] : [xmpChunk(xmp)])];
  let kept = behindHeader;
  for (let at = behindHeader; at < png.length;) {
    const end = endOfChunk(png, at);
    if (TELLING.includes(png.toString('latin1', at + 4, at + 8))) {
      parts.push(png.subarray(kept, at));
      kept = end;
    }
    at = end;
  }
  return xmp === null && kept === behindHeader ? null : Buffer.concat([...parts, png.subarray(kept)]);
}

/** What follows the last whole chunk, which no decoder reads, counts as one. */
function endOfChunk(png: Buffer, at: number): number {
  const length = at + AROUND_DATA <= png.length ? png.readUInt32BE(at) : Infinity;
  return Math.min(png.length, at + AROUND_DATA + length);
}

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

/** The box that holds XMP in an MP4, by part 3 of Adobe's XMP specification (ISO 16684-1 names it). */
const XMP_ID = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');

/**
 * Puts XMP into an MP4 where it is: a box of its own behind the others, of which players know nothing and offsets in the index
 * do not change. XMP that it had becomes free space.
 *
 * @param path of one whose boxes are whole, under 4 GB
 */
export async function addXmpToClip(path: string, xmp: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const bytes = bytesOfFile(file.fd, size);
    const boxes = [...boxesIn(bytes, 0, size)];
    for (const box of boxes) {
      const id = bytes.read(box.start, XMP_ID.length);
      if (box.name === 'uuid' && id.equals(XMP_ID)) await file.write('free', box.at + 4, 'latin1');
    }
    const last = boxes.at(-1);
    // A length of 0: to the end of the file, which is about to move.
    if (last && bytes.read(last.at, 4).equals(lengthOf(0)))
      await file.write(lengthOf(size - last.at), 0, 4, last.at);
    const box = xmpBox(xmp);
    await file.write(box, 0, box.length, size);
  } finally {
    await file.close();
  }
}

function xmpBox(xmp: string): Buffer {
  const content = Buffer.concat([Buffer.from('uuid', 'latin1'), XMP_ID, Buffer.from(xmp, 'utf8')]);
  return Buffer.concat([lengthOf(4 + content.length), content]);
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}
