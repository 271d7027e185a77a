/** Where a document says how it is written. */
const DECLARED = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i;
const BYTES_OF_DECLARATION = 1_024;
/** Every document of ours has one of these at its start. A wrong encoding leaves none. */
const LOOKS_WRITTEN = /[<{]/;

/**
 * The text of a document, by what its bytes, its server and it itself say of its encoding, in this order. What is said is held
 * against the bytes: servers say UTF-8 of anything. In the end it is read as Windows-1252, which takes every byte.
 */
export function decode(bytes: Uint8Array, contentType: string | null): string {
  const start = Buffer.from(bytes.subarray(0, BYTES_OF_DECLARATION)).toString('latin1');
  const labels = [
    markOf(bytes),
    /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1],
    DECLARED.exec(start)?.[1],
    'utf-8',
  ];
  for (const label of labels) {
    const text = label ? decodedAs(label, bytes) : null;
    if (text !== null) return text;
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

/** The encoding that the first bytes show: a byte order mark, or the zeros between those of `<?`. */
function markOf([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && d === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c && c === 0)) return 'utf-16be';
  return undefined;
}

/** The text; null where the bytes can't be in that encoding, or nobody knows it. */
function decodedAs(label: string, bytes: Uint8Array): string | null {
  try {
    // With `stream`, a last character that is cut in two is left out.
    const text = new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true });
    return bytes.length === 0 || LOOKS_WRITTEN.test(text.slice(0, BYTES_OF_DECLARATION)) ? text : null;
  } catch {
    return null;
  }
}
