import { expect, it } from 'vitest';
import { jsonBytes } from './json-bytes.js';

it.each(['plain', 'Zoë says "so" \\ so', '漢字かな', '😀', '\u0000\n\ud800', ''])(
  'no text takes more bytes than it is counted for: %j',
  (text) => {
    expect(jsonBytes(text)).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(text)) - 2);
  },
);
