import { bytesOfBuffer, type Bytes } from './bytes.js';
import { boxesIn } from './mp4-boxes.js';
import { tableOf, type Table } from './mp4-tables.js';

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
