/** An MP4 by hand, box for box (ISO/IEC 14496-12), for clips that no encoder makes. */

export function box(name: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([header(8 + body.length, name), body]);
}

/** A box's first eight bytes alone; `size` is what it claims. */
export function header(size: number, name: string): Buffer {
  return Buffer.concat([u32(size), Buffer.from(name, 'latin1')]);
}

export function largeBox(name: string, size: bigint, ...content: readonly Uint8Array[]): Buffer {
  const size64 = Buffer.alloc(8);
  size64.writeBigUInt64BE(size);
  return Buffer.concat([header(1, name), size64, ...content]);
}

/** A box that begins with a version, 0, and flags. */
export const fullBox = (name: string, ...content: readonly Uint8Array[]): Buffer =>
  box(name, u32(0), ...content);

export function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, at) => bytes.writeUInt32BE(value, 4 * at));
  return bytes;
}

const u16 = (...values: readonly number[]): Buffer =>
  Buffer.concat(values.map((value) => u32(value).subarray(2)));

/** The tables of a clip's one track, each to be replaced. */
export interface Tables {
  readonly stts?: Buffer;
  readonly stsc?: Buffer;
  readonly stsz?: Buffer;
  readonly stco?: Buffer;
  /** More boxes of the sample table, such as `ctts`. */
  readonly more?: readonly Buffer[];
  /** More boxes of the track, such as `edts`. */
  readonly track?: readonly Buffer[];
  /** More boxes of the movie. */
  readonly movie?: readonly Buffer[];
  /** What follows the movie; 64 KB of frames when left out. */
  readonly frames?: Buffer;
  readonly kind?: 'video' | 'pcm';
}

const MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

/** A clip of ten frames of 64 × 48 at 10 a second. */
export function clipOf(tables: Tables = {}): Buffer {
  const { kind = 'video', frames = box('mdat', Buffer.alloc(64 * 1_024)) } = tables;
  return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0isom')), movie(kind, tables), frames]);
}

function movie(kind: 'video' | 'pcm', tables: Tables): Buffer {
  const facts = [u32(0, 0, 1_000, 1_000, 0x10000, 0x1000000, 0, 0), MATRIX, Buffer.alloc(24), u32(3)];
  const mvhd = fullBox('mvhd', ...facts);
  const tracks = kind === 'video' ? [track('video', tables)] : [track('video', {}), track('pcm', tables)];
  return box('moov', mvhd, ...tracks, ...(tables.movie ?? []));
}

function track(kind: 'video' | 'pcm', tables: Tables): Buffer {
  const id = kind === 'video' ? 1 : 2;
  const tkhd = box('tkhd', u32(7, 0, 0, id, 0, 1_000, 0, 0, 0, 0), MATRIX, u32(64 << 16, 48 << 16));
  const mdhd = fullBox('mdhd', u32(0, 0, 1_000, 1_000, 0x55c40000));
  const hdlr = fullBox('hdlr', u32(0), Buffer.from(kind === 'video' ? 'vide' : 'soun'), Buffer.alloc(13));
  const minf = box('minf', sampleTable(kind, tables));
  return box('trak', tkhd, ...(tables.track ?? []), box('mdia', mdhd, hdlr, minf));
}

function sampleTable(kind: 'video' | 'pcm', tables: Tables): Buffer {
  const {
    stts = fullBox('stts', u32(1, 10, 100)),
    stsc = fullBox('stsc', u32(1, 1, 10, 1)),
    stsz = fullBox('stsz', u32(0, 10), u32(...Array<number>(10).fill(100))),
    stco = fullBox('stco', u32(1, 1_000)),
    more = [],
  } = tables;
  return box('stbl', fullBox('stsd', u32(1), entry(kind)), stts, stsc, stsz, stco, ...more);
}

function entry(kind: 'video' | 'pcm'): Buffer {
  const start = Buffer.concat([Buffer.alloc(6), u16(1)]);
  if (kind === 'pcm')
    return box('sowt', start, Buffer.alloc(8), u16(2, 16, 0, 0), u32(48_000 << 15, 0).subarray(0, 4));
  const avcC = box('avcC', Buffer.from([1, 66, 0, 30, 255, 225, 0, 0, 1, 0, 0]));
  const sizes = [u16(64, 48), u32(0x480000, 0x480000, 0), u16(1), Buffer.alloc(32), u16(24, 0xffff)];
  return box('avc1', start, Buffer.alloc(16), ...sizes, avcC);
}
