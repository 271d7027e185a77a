/** A file that is not what it should be; one line that says what it is. */
export class AssetRefused extends Error {
  override name = 'AssetRefused' as const;
  /** Fetched again it would be the same: it is not late or cut off, but made to hurt. */
  readonly final: boolean;
  constructor(message: string, { final = false, cause }: { final?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.final = final;
  }
}

/** `(1,234 bytes)` */
export const sizeNote = (size: number): string => `(${size.toLocaleString('en-US')} bytes)`;
