import { readSync } from 'node:fs';

/** A box of an MP4 (ISO/IEC 14496-12, section 4.2). */
interface Box {
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

/** Of an hour's clip it is 5 MB. */
const MAX_INDEX_BYTES = 16 * 1024 ** 2;
/** Of what a reader lays out sample by sample. An hour of frames and sound has 300,000. */
const MAX_LAID_OUT = 2_000_000;
const MAX_BOXES = 100_000;
const MAX_DEPTH = 16;
/** Boxes of the top level that are index, not frames. */
const INDEXES = ['moov', 'moof', 'mfra'];
const CONTAINERS = ['trak', 'edts', 'mdia', 'minf', 'stbl', 'mvex', 'traf'];
const CHUNKS = ['stco', 'co64'];

/**
 * What an MP4's index claims that its file can't hold, in the words of `the MP4 …`; null when its counts may be true. A
 * reader takes them at their word: four bytes keep it busy for minutes, or fill the memory.
 */
export function countFault(file: Bytes): string | null {
  try {
    new Counts(file).check();
    return null;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    // A box that is shorter than what stands in it.
    if (error instanceof RangeError) return 'has a box that is too short';
    throw error;
  }
}

class Fault extends Error {}

class Counts {
  readonly #file: Bytes;
  #boxes = 0;
  #fragmentSamples = 0;

  constructor(file: Bytes) {
    this.#file = file;
  }

  check(): void {
    for (const { name, start, end } of boxesIn(this.#file, 0, this.#file.size)) {
      this.#countBox();
      if (end === null || !INDEXES.includes(name)) continue;
      if (end - start > MAX_INDEX_BYTES)
        throw new Fault(`has an index of over ${MAX_INDEX_BYTES / 1024 ** 2} MB`);
      this.#checkWithin(this.#file.read(start, end - start), 1);
    }
  }

  #checkWithin(content: Buffer, depth: number): void {
    if (depth > MAX_DEPTH) throw new Fault(`has boxes within boxes, over ${MAX_DEPTH} deep`);
    let chunks = 0;
    const chunkRuns: Buffer[] = [];
    const lengths = { samples: 0, areSorted: false };
    for (const { name, start, end } of boxesIn(bytesOfBuffer(content), 0, content.length)) {
      this.#countBox();
      if (end === null) continue;
      const inner = content.subarray(start, end);
      if (CONTAINERS.includes(name)) this.#checkWithin(inner, depth + 1);
      const table = tableOf(name, inner);
      if (table === null) continue;
      if (table.rows * table.width > inner.length - table.start)
        throw new Fault(`claims ${count(table.rows)} rows in its ${name} box, which has no room for them`);
      const samples = this.#samplesOf(name, inner, table);
      if (name === 'stts') lengths.samples += samples;
      if (name === 'ctts') lengths.areSorted = true;
      if (CHUNKS.includes(name)) chunks += table.rows;
      if (name === 'stsc') chunkRuns.push(inner);
    }
    // The order of the boxes is free.
    if (lengths.areSorted) this.#refuseOver('stts', lengths.samples, MAX_LAID_OUT);
    for (const runs of chunkRuns) this.#refuseOver('stsc', samplesInChunks(runs, chunks));
  }

  /** 0 for a table that tells of none by itself. */
  #samplesOf(name: string, content: Buffer, { rows, start, width }: Table): number {
    if (name === 'stts' || name === 'ctts') {
      let samples = 0;
      for (let row = 0; row < rows; row += 1) samples += content.readUInt32BE(start + row * width);
      this.#refuseOver(name, samples);
      return samples;
    }
    if (name === 'stsz') this.#refuseOver(name, rows);
    if (name === 'trun') {
      this.#fragmentSamples += rows;
      this.#refuseOver(name, this.#fragmentSamples, MAX_LAID_OUT);
    }
    return 0;
  }

  /** A sample has a byte at least. */
  #refuseOver(name: string, samples: number, most = Infinity): void {
    if (samples > this.#file.size)
      throw new Fault(`claims ${count(samples)} samples in its ${name} box, more than the file has bytes`);
    if (samples > most)
      throw new Fault(`has ${count(samples)} samples in its ${name} box, over ${count(most)}`);
  }

  #countBox(): void {
    this.#boxes += 1;
    if (this.#boxes > MAX_BOXES) throw new Fault(`has over ${count(MAX_BOXES)} boxes`);
  }
}

/** Each row says how many samples the chunks from its first one on have, up to the first one of the next row. */
function samplesInChunks(stsc: Buffer, chunks: number): number {
  const rows = stsc.readUInt32BE(4);
  let samples = 0;
  for (let row = 0; row < rows; row += 1) {
    const at = 8 + 12 * row;
    const first = stsc.readUInt32BE(at);
    const next = row + 1 < rows ? stsc.readUInt32BE(at + 12) : chunks + 1;
    if (first < 1 || next <= first || first > chunks)
      throw new Fault(`names chunk ${count(first)} in its stsc box, and has ${count(chunks)}`);
    samples += (next - first) * stsc.readUInt32BE(at + 4);
  }
  return samples;
}

const count = (number: number): string => number.toLocaleString('en-US');

/** A table in an MP4's index: so many rows of so many bytes, from a place in the content of its box. */
interface Table {
  readonly rows: number;
  readonly start: number;
  /** Bytes; 0 where all rows are the same and none is written down. */
  readonly width: number;
}

const fixed =
  (width: number) =>
  (content: Buffer): Table => ({ rows: content.readUInt32BE(4), start: 8, width });

/** By box, from its content (ISO/IEC 14496-12, sections 8.5 to 8.8). */
const TABLES: Readonly<Record<string, (content: Buffer) => Table>> = {
  stsd: fixed(8),
  stts: fixed(8),
  ctts: fixed(8),
  stss: fixed(4),
  stsc: fixed(12),
  stco: fixed(4),
  co64: fixed(8),
  elst: (content) => fixed(content[0] === 1 ? 20 : 12)(content),
  stsz: (content) => ({
    rows: content.readUInt32BE(8),
    start: 12,
    width: content.readUInt32BE(4) === 0 ? 4 : 0,
  }),
  stz2: (content) => ({ rows: content.readUInt32BE(8), start: 12, width: content.readUInt8(7) / 8 }),
  trun: (content) => {
    const flags = content.readUIntBE(1, 3);
    const start = 8 + 4 * bits(flags & 0x5);
    return { rows: content.readUInt32BE(4), start, width: 4 * bits(flags & 0xf00) };
  },
  tfra: (content) => {
    const sizes = content.readUInt32BE(8);
    const numbers = 3 + ((sizes >> 4) & 3) + ((sizes >> 2) & 3) + (sizes & 3);
    return { rows: content.readUInt32BE(12), start: 16, width: (content[0] === 1 ? 16 : 8) + numbers };
  },
};

/** The table of a box; null for a box that is none. @throws RangeError for one that is too short to say */
const tableOf = (name: string, content: Buffer): Table | null => TABLES[name]?.(content) ?? null;

const bits = (flags: number): number => flags.toString(2).replaceAll('0', '').length;

/** Bytes that are read piece by piece, of a file that would fill the memory. */
interface Bytes {
  readonly size: number;
  /** Fewer at the end. */
  read(at: number, length: number): Buffer;
}

/** @param file its descriptor, which its caller closes. */
export const bytesOfFile = (file: number, size: number): Bytes => ({
  size,
  read(at, length) {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - at)));
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, at));
  },
});

export const bytesOfBuffer = (buffer: Buffer): Bytes => ({
  size: buffer.length,
  read: (at, length) => buffer.subarray(at, at + length),
});
