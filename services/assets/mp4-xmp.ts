import { open } from 'node:fs/promises';
import { bytesOfFile } from './bytes.js';
import { boxesIn } from './mp4-boxes.js';

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
