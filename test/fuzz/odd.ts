/** Odd inputs of every kind, as fast-check draws them. */
import fc from 'fast-check';

/** What has broken parsers before: each somewhere in a text is worth more than a thousand random ones. */
const ODD_PIECES = [
  ...['\u0000', '\u001b[31m', '\u202e', '\ufeff', '\u2028', '\ud800', '\udfff', '\r', '\n', '\t', ' ', '👩‍🚀'],
  ...[
    '%00',
    '%',
    '%E0%A4%A',
    '%ED%A0%80',
    '%2F',
    '..',
    '/',
    '\\',
    '//',
    '?',
    '&',
    '#',
    '@',
    ':',
    ';',
    '=',
    '*',
  ],
  ...[
    '"',
    "'",
    '`',
    '{',
    '}',
    '[',
    ']',
    '<',
    '>',
    '<!--',
    '-->',
    '<![CDATA[',
    '&lt;',
    '</',
    '${',
    '{{',
    '$(',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'null',
    'undefined',
    'NaN',
    'true',
    '-0',
    '1e999',
    '0x10',
    '2147483648',
  ],
  ...['9007199254740993', '-1', '0', '99999999999999999999', '0000-01-01T00:00:00Z', '2026-02-31T00:00:00Z'],
  ...[
    '2026-01-01T00:00:00+15:59',
    '9999-12-31T23:59:59-14:00',
    "' or 1=1--",
    '&a',
    '*a',
    '!!js/function',
    '<<',
    '- ',
    '? ',
  ],
] as const;

/** Odd text of up to so many pieces. */
export const oddText = (pieces = 8): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...ODD_PIECES) },
        { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
        {
          weight: 1,
          arbitrary: fc
            .tuple(fc.constantFrom(...ODD_PIECES), fc.integer({ min: 2, max: 3_000 }))
            .map(([piece, n]) => piece.repeat(n)),
        },
        {
          weight: 1,
          arbitrary: fc
            .tuple(fc.constantFrom(...'aA0 -,.'), fc.integer({ min: 1, max: 5_000 }))
            .map(([piece, n]) => piece.repeat(n)),
        },
      ),
      { maxLength: pieces },
    )
    .map((parts) => parts.join(''));

/** Somewhere in a text or file, from 0 to 1. Without the bias of fast-check, which would have it be the start. */
const place = fc.noBias(fc.integer({ min: 0, max: 1_000_000 })).map((n) => n / 1_000_000);

type Edit = (text: string, at: number) => string;

/** Puts a piece in the place of what is there, so many characters of it. */
const change =
  (removed: number, piece: (found: string) => string): Edit =>
  (text, at) =>
    text.slice(0, at) + piece(text.slice(at, at + removed)) + text.slice(at + removed);

const length = fc.integer({ min: 1, max: 200 });
const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: oddText(2).map((piece) => change(0, () => piece)) },
  {
    weight: 4,
    arbitrary: fc.tuple(length, oddText(1)).map(([removed, piece]) => change(removed, () => piece)),
  },
  { weight: 2, arbitrary: length.map((removed) => change(removed, () => '')) },
  {
    weight: 2,
    arbitrary: fc.tuple(length, length).map(([found, times]) => change(found, (text) => text.repeat(times))),
  },
  { weight: 1, arbitrary: fc.constant(change(Infinity, () => '')) },
);

/** A text that was good, changed in a few places. */
export const mutatedText = (...texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(fc.tuple(edits, place), { minLength: 1, maxLength: 4 }))
    .map(([text, changes]) =>
      changes.reduce((now, [edit, at]) => edit(now, Math.floor(at * now.length)), text),
    );

const WORDS = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

type ByteEdit = (bytes: Buffer, at: number) => Buffer;

/** Puts a piece in the place of what is there, so many bytes of it. */
const splice =
  (removed: number, piece: Uint8Array): ByteEdit =>
  (bytes, at) =>
    Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + removed)]);

const wordOf = (value: number): Buffer => {
  const word = Buffer.alloc(4);
  word.writeUInt32BE(value);
  return word;
};

/** Most change a number: sizes and counts are what parsers believe. */
const byteEdits: fc.Arbitrary<ByteEdit> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS).map((value) => splice(4, wordOf(value))) },
  {
    weight: 4,
    arbitrary: fc.uint8Array({ minLength: 1, maxLength: 2 }).map((piece) => splice(piece.length, piece)),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 16 }).map((piece) => splice(0, piece)) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 64 }).map((length) => splice(length, Buffer.alloc(0))) },
  { weight: 1, arbitrary: fc.constant(splice(Infinity, Buffer.alloc(0))) },
);

/** A file that was good, changed in a few places. */
export const mutatedBytes = (...files: readonly Uint8Array[]): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      fc.constantFrom(...files),
      fc.array(fc.tuple(byteEdits, place), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([file, changes]) =>
      changes.reduce<Buffer>((now, [edit, at]) => edit(now, Math.floor(at * now.length)), Buffer.from(file)),
    );
