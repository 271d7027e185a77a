import sharp from 'sharp';
import { MIME_TYPES, type Limits } from './rules.js';
import type { Medium } from './statuses.js';

/** A file that was uploaded and belongs to no status yet. */
export interface Upload extends Medium {
  /** How often it is still looked at before it is finished. */
  looksLeft: number;
}

export const isVideo = ({ mimeType }: Medium): boolean => mimeType.startsWith('video/');

/** What is wrong with a file, in Mastodon's words; null when nothing. */
export async function findProblem(file: File, bytes: Uint8Array, limits: Limits): Promise<string | null> {
  if (!MIME_TYPES.includes(file.type))
    return 'Validation failed: File content type is invalid, File is invalid';
  const most = file.type.startsWith('video/') ? limits.videoBytes : limits.imageBytes;
  if (bytes.length > most) return `Validation failed: File file size must be less than ${most} bytes`;
  if (file.type.startsWith('video/')) return null;
  const size = await sharp(bytes)
    .metadata()
    .catch(() => null);
  if (!size) return 'Validation failed: File content type is invalid, File is invalid';
  const { width, height } = size;
  return width * height > limits.imagePixels ? `${width}x${height} images are not supported` : null;
}
