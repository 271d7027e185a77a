/** Odd inputs of every kind, as fast-check draws them. */
import fc from 'fast-check';

/** What has broken parsers before: each somewhere in a text is worth more than a thousand random ones. */
const ODD_PIECES = [
  ...['\u0000', '\u001b[31m', '\u202e', '\ufeff', '\u2028', '\ud800', '\udfff', '\r', '\n', '\t', ' ', '👩‍🚀'],
  ...'%00 % %E0%A4%A %ED%A0%80 %2F .. / \\ // ? & # @ : ; = *'.split(' '),
  ...'" \' ` { } [ ] < > <!-- --> <![CDATA[ &lt; </ ${ {{ $('.split(' '),
  ...'__proto__ constructor toString null undefined NaN true -0 1e999 0x10 2147483648'.split(' '),
  ...'9007199254740993 -1 0 99999999999999999999 0000-01-01T00:00:00Z 2026-02-31T00:00:00Z'.split(' '),
  ...'2026-01-01T00:00:00+15:59 9999-12-31T23:59:59-14:00 &a *a !!js/function <<'.split(' '),
  ...["' or 1=1--", '- ', '? '],
];

type Weighted<T> = readonly [weight: number, arbitrary: fc.Arbitrary<T>];

/** One of them, the heavier the more often. */
export const oneOf = <T>(...choices: readonly Weighted<T>[]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** One of the pieces, over and over. */
const repeated = (pieces: readonly string[], min: number, max: number): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...pieces), fc.integer({ min, max })).map(([piece, n]) => piece.repeat(n));

const oddPiece = oneOf(
  [3, fc.constantFrom(...ODD_PIECES)],
  [2, fc.string({ unit: 'binary', maxLength: 12 })],
  [1, repeated(ODD_PIECES, 2, 3_000)],
  [1, repeated([...'aA0 -,.'], 1, 5_000)],
);

/** Odd text of up to so many pieces. */
export const oddText = (pieces = 8): fc.Arbitrary<string> =>
  fc.array(oddPiece, { maxLength: pieces }).map((parts) => parts.join(''));

/** Somewhere in a text or file, from 0 to 1. Without the bias of fast-check, which would have it be the start. */
const place = fc.noBias(fc.integer({ min: 0, max: 1_000_000 })).map((n) => n / 1_000_000);

/** Puts a piece in the place of what is there, so much of it, from a place on. */
type Edit<T> = (whole: T, at: number) => T;

/** What was good, changed in a few places. */
const mutated = <T extends string | Buffer>(
  good: readonly T[],
  edits: fc.Arbitrary<Edit<T>>,
): fc.Arbitrary<T> =>
  fc
    .tuple(fc.constantFrom(...good), fc.array(fc.tuple(edits, place), { minLength: 1, maxLength: 4 }))
    .map(([whole, changes]) =>
      changes.reduce((now, [edit, at]) => edit(now, Math.floor(at * now.length)), whole),
    );

const change =
  (removed: number, piece: (found: string) => string): Edit<string> =>
  (text, at) =>
    text.slice(0, at) + piece(text.slice(at, at + removed)) + text.slice(at + removed);

const length = fc.integer({ min: 1, max: 200 });
const edits = oneOf<Edit<string>>(
  [4, oddText(2).map((piece) => change(0, () => piece))],
  [4, fc.tuple(length, oddText(1)).map(([removed, piece]) => change(removed, () => piece))],
  [2, length.map((removed) => change(removed, () => ''))],
  [2, fc.tuple(length, length).map(([found, times]) => change(found, (text) => text.repeat(times)))],
  [1, fc.constant(change(Infinity, () => ''))],
);

export const mutatedText = (...texts: readonly string[]): fc.Arbitrary<string> => mutated(texts, edits);

const WORDS = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

const splice =
  (removed: number, piece: Uint8Array): Edit<Buffer> =>
  (bytes, at) =>
    Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + removed)]);

function wordOf(value: number): Buffer {
  const word = Buffer.alloc(4);
  word.writeUInt32BE(value);
  return word;
}

/** Most change a number: sizes and counts are what parsers believe. */
const byteEdits = oneOf<Edit<Buffer>>(
  [6, fc.constantFrom(...WORDS).map((value) => splice(4, wordOf(value)))],
  [4, fc.uint8Array({ minLength: 1, maxLength: 2 }).map((piece) => splice(piece.length, piece))],
  [1, fc.uint8Array({ maxLength: 16 }).map((piece) => splice(0, piece))],
  [1, fc.integer({ min: 1, max: 64 }).map((removed) => splice(removed, Buffer.alloc(0)))],
  [1, fc.constant(splice(Infinity, Buffer.alloc(0)))],
);

export const mutatedBytes = (...files: readonly Uint8Array[]): fc.Arbitrary<Buffer> =>
  mutated(
    files.map((file) => Buffer.from(file)),
    byteEdits,
  );
