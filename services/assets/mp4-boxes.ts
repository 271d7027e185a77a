import type { Bytes } from './bytes.js';

/** A box of an MP4 (ISO/IEC 14496-12, section 4.2). */
export interface Box {
  readonly name: string;
  /** Where its header begins, with a length and the name of 4 bytes each. */
  readonly at: number;
  /** Where its content begins and ends, in bytes; the end is null for a box that runs past its surroundings, or can't be. */
  readonly start: number;
  readonly end: number | null;
}

const LARGEST_HEADER = 16;

/** The boxes between two places, one after the other. The last one is broken, or there is no broken one. */
export function* boxesIn(bytes: Bytes, from: number, to: number): Generator<Box> {
  for (let at = from; at < to;) {
    const header = bytes.read(at, Math.min(LARGEST_HEADER, to - at));
    if (header.length < 8) return yield { name: 'header', at, start: at, end: null };
    const name = header.toString('latin1', 4, 8);
    const start = at + (header.readUInt32BE() === 1 ? LARGEST_HEADER : 8);
    const size = sizeOfBox(header, to - at);
    if (size === null || at + size > to) return yield { name, at, start, end: null };
    yield { name, at, start, end: at + size };
    at += size;
  }
}

/**
 * Whether an MP4 was cut off on its way: the name of the top-level box that runs past the end of the file, null when all
 * are whole. A reader of frames does not notice; it gives fewer.
 */
export function cutOffBox(bytes: Bytes): string | null {
  for (const { name, end } of boxesIn(bytes, 0, bytes.size)) if (end === null) return name;
  return null;
}

/** In bytes with its header; null for one that can't be. `left` is what its surroundings have left. */
function sizeOfBox(header: Buffer, left: number): number | null {
  const size = header.readUInt32BE();
  // 0: to the end. 1: the size follows in 64 bits.
  if (size === 0) return left;
  if (size !== 1) return size >= 8 ? size : null;
  if (header.length < LARGEST_HEADER) return null;
  const large = Number(header.readBigUInt64BE(8));
  return large >= LARGEST_HEADER ? large : null;
}
