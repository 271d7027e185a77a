import { box, clipOf, fullBox, header, largeBox, u32 } from './boxes.js';

const MOST = 0xffff_ffff;
const EDIT = u32(1_000, 0, 0x10000);
const nested = (depth: number): Buffer =>
  Buffer.concat(Array.from({ length: depth }, (_, at) => header(8 * (depth - at), 'trak')));
const tiny = (count: number): Buffer => Buffer.alloc(8 * count, box('free'));
/** A fragment of frames that are all the same, so that none is written down. */
const fragment = (samples: number): Buffer =>
  box('moof', box('traf', box('tfhd', u32(0x38, 1, 100, 1, 0)), box('trun', u32(0, samples))));

/** Clips that no encoder makes, each a way to keep a reader busy or to fill its memory; by what is wrong with it. */
export const HOSTILE_CLIPS: Readonly<Record<string, () => Buffer>> = {
  'samples in a chunk': () => clipOf({ stsc: fullBox('stsc', u32(1, 1, MOST, 1)) }),
  'samples in many chunks': () =>
    clipOf({
      stsc: fullBox('stsc', u32(1, 1, 60_000, 1)),
      stco: fullBox('stco', u32(10_000), Buffer.alloc(40_000)),
    }),
  'a chunk that is not there': () => clipOf({ stsc: fullBox('stsc', u32(2, 1, 10, 1, MOST, 10, 1)) }),
  'chunks that go back': () => clipOf({ stsc: fullBox('stsc', u32(2, 1, 10, 1, 1, 10, 1)) }),
  'chunk of sound that is not there': () =>
    clipOf({ kind: 'pcm', stsc: fullBox('stsc', u32(2, 1, 10, 1, MOST, 10, 1)) }),
  'samples of one length': () => clipOf({ stts: fullBox('stts', u32(1, MOST, 1)) }),
  'samples that are sorted by time': () =>
    clipOf({ stts: fullBox('stts', u32(1, MOST, 1)), more: [fullBox('ctts', u32(1, 10, 5))] }),
  'rows of lengths': () => clipOf({ stts: fullBox('stts', u32(MOST, 10, 100)) }),
  'rows of offsets': () => clipOf({ more: [fullBox('ctts', u32(MOST, 10, 5))] }),
  'offsets of one kind': () => clipOf({ more: [fullBox('ctts', u32(1, MOST, 5))] }),
  'rows of sizes': () => clipOf({ stsz: fullBox('stsz', u32(0, MOST, 100)) }),
  'samples of one size': () => clipOf({ stsz: fullBox('stsz', u32(100, MOST)) }),
  'rows of chunks': () => clipOf({ stco: fullBox('stco', u32(MOST, 1_000)) }),
  'rows of large chunks': () => clipOf({ more: [fullBox('co64', u32(MOST, 0, 1_000))] }),
  'rows of key frames': () => clipOf({ more: [fullBox('stss', u32(MOST, 1))] }),
  'rows of edits': () => clipOf({ track: [box('edts', fullBox('elst', u32(MOST), EDIT))] }),
  'a fragment of samples': () => clipOf({ frames: Buffer.concat([fragment(MOST), box('mdat')]) }),
  'fragments of samples': () =>
    clipOf({ frames: Buffer.concat([...Array<Buffer>(1_000).fill(fragment(50_000)), box('mdat')]) }),
  'rows of fragments': () => clipOf({ frames: box('mfra', fullBox('tfra', u32(1, 0, MOST))) }),
  'more samples than are sorted': () => costlyClip(30_000_000),
  'boxes in boxes': () => clipOf({ movie: [nested(200_000)] }),
  'tiny boxes': () => clipOf({ movie: [tiny(3_000_000)] }),
  'tiny boxes of the top level': () => clipOf({ frames: tiny(3_000_000) }),
  'a large index': () => clipOf({ movie: [box('free', Buffer.alloc(40 * 1024 ** 2))] }),
  'a table that is too short to say': () => clipOf({ stsz: box('stsz', u32(0)) }),
};

/** Clips that are odd and do no harm: they are answered, one way or the other. */
export const ODD_CLIPS: Readonly<Record<string, () => Buffer>> = {
  'a box of size 0': () => clipOf({ movie: [header(0, 'trak')] }),
  'a box of 64 bits that are none': () => clipOf({ movie: [header(1, 'trak'), Buffer.alloc(8)] }),
  'a box of 2^63 bytes': () => clipOf({ movie: [largeBox('trak', 2n ** 63n, Buffer.alloc(10))] }),
  'a movie of 2^63 bytes': () => Buffer.concat([clipOf(), largeBox('moov', 2n ** 63n)]),
  'a last box of size 0': () => clipOf({ frames: Buffer.concat([header(0, 'mdat'), Buffer.alloc(100)]) }),
  'no frames': () => clipOf({ frames: Buffer.alloc(0) }),
  'ten movies': () => Buffer.concat(Array.from({ length: 10 }, () => clipOf())),
};

/** A clip whose counts may be true, and whose index keeps a reader busy for a while, with a hundred megabytes. */
export const costlyClip = (samples = 2_000_000): Buffer =>
  clipOf({
    stts: fullBox('stts', u32(1, samples, 1)),
    more: [fullBox('ctts', u32(1, samples, 5))],
    frames: box('mdat', Buffer.alloc(samples)),
  });
