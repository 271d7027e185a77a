/** A table in an MP4's index: so many rows of so many bytes, from a place in the content of its box. */
export interface Table {
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
export const tableOf = (name: string, content: Buffer): Table | null => TABLES[name]?.(content) ?? null;

const bits = (flags: number): number => flags.toString(2).replaceAll('0', '').length;
