import sharp from 'sharp';
import { MIME_TYPES, type Limits } from './rules.js';

/** What stands at the stand-in. */
export interface StandInStatus {
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** As it was sent. */
  readonly text: string;
  readonly language: string | null;
  readonly visibility: string;
  readonly media: readonly Medium[];
  /** When it was last edited, ISO 8601; null where it never was. */
  readonly editedAt: string | null;
}

export interface Medium {
  readonly id: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
  readonly description: string | null;
}

/** A key is kept for an hour (docs.joinmastodon.org/methods/statuses, "Idempotency-Key"). */
const KEPT_MS = 3_600_000;

/** The statuses of the one account, and the keys that they were made with. */
export class Statuses {
  #statuses: StandInStatus[] = [];
  #keys = new Map<string, { readonly id: string; readonly until: number }>();
  #numbers = 0;
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Newest first. */
  list(): StandInStatus[] {
    return [...this.#statuses].reverse();
  }

  find(id: string): StandInStatus | null {
    return this.#statuses.find((status) => status.id === id) ?? null;
  }

  /** The id that a key was used for in the last hour; its status may be deleted. */
  idFor(key: string): string | null {
    const kept = this.#keys.get(key);
    return kept && kept.until > this.#now().getTime() ? kept.id : null;
  }

  add(status: Omit<StandInStatus, 'id' | 'createdAt' | 'editedAt'>, key: string | null): StandInStatus {
    const now = this.#now();
    const added = { id: this.nextId(), createdAt: now.toISOString(), editedAt: null, ...status };
    this.#statuses.push(added);
    if (key !== null) this.#keys.set(key, { id: added.id, until: now.getTime() + KEPT_MS });
    return added;
  }

  /** Keys mean nothing to an edit. One that changes nothing is none. */
  edit(status: StandInStatus, change: Pick<StandInStatus, 'text' | 'language' | 'media'>): StandInStatus {
    const { text, language, media } = status;
    const isSame = JSON.stringify({ text, language, media }) === JSON.stringify(change);
    const edited = isSame ? status : { ...status, ...change, editedAt: this.#now().toISOString() };
    this.#statuses = this.#statuses.map((one) => (one.id === status.id ? edited : one));
    return edited;
  }

  remove(id: string): boolean {
    const before = this.#statuses.length;
    this.#statuses = this.#statuses.filter((status) => status.id !== id);
    return this.#statuses.length < before;
  }

  /** Ids grow, as a server's do, which is what pages are asked for by. */
  nextId(): string {
    return String(115_600_000_000_000_000n + BigInt((this.#numbers += 1)));
  }
}

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
