/** A file that is not what it should be; one line that says what it is. */
export class AssetRefused extends Error {
  override name = 'AssetRefused' as const;
}

/** `(1,234 bytes)` */
export const sizeNote = (bytes: Uint8Array): string => `(${bytes.length.toLocaleString('en-US')} bytes)`;
