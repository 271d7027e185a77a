import { readSync } from 'node:fs';

/** Bytes that are read piece by piece, of a file that would fill the memory. */
export interface Bytes {
  readonly size: number;
  /** Fewer at the end. */
  read(at: number, length: number): Buffer;
}

/** @param file its descriptor, which its caller closes. */
export const bytesOfFile = (file: number, size: number): Bytes => ({
  size,
  read(at, length) {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - at)));
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, at));
  },
});

export const bytesOfBuffer = (buffer: Buffer): Bytes => ({
  size: buffer.length,
  read: (at, length) => buffer.subarray(at, at + length),
});
