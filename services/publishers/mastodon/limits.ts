import type { MastodonClient } from './client.js';
import { isMissing } from './failures.js';

/** What an instance takes. */
export interface InstanceLimits {
  readonly characters: number;
  readonly descriptionCharacters: number;
  readonly imageBytes: number;
  readonly imagePixels: number;
  readonly videoBytes: number;
}

/** Of a server that says nothing of its own: Mastodon's, except that its pictures were smaller once. */
const USUAL: InstanceLimits = {
  characters: 500,
  descriptionCharacters: 1_500,
  imageBytes: 10 * 1_024 * 1_024,
  imagePixels: 16_777_216,
  videoBytes: 40 * 1_024 * 1_024,
};

/** Reads what the instance takes, as `/api/v2/instance` says it. A server that lacks it, or a part of it, is taken for a usual one. */
export async function readLimits(client: MastodonClient): Promise<InstanceLimits> {
  const instance = await client.v2.instance.fetch().catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  const { statuses, mediaAttachments } = instance?.configuration ?? {};
  // Mastodon 4.4 and later; masto has no name for it.
  const { descriptionLimit } = (mediaAttachments ?? {}) as { readonly descriptionLimit?: unknown };
  return {
    characters: count(statuses?.maxCharacters) ?? USUAL.characters,
    descriptionCharacters: count(descriptionLimit) ?? USUAL.descriptionCharacters,
    imageBytes: count(mediaAttachments?.imageSizeLimit) ?? USUAL.imageBytes,
    imagePixels: count(mediaAttachments?.imageMatrixLimit) ?? USUAL.imagePixels,
    videoBytes: count(mediaAttachments?.videoSizeLimit) ?? USUAL.videoBytes,
  };
}

const count = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null);

/** In short lines for a person. */
export const limitLines = ({ characters, imageBytes, videoBytes }: InstanceLimits): string[] => [
  `${characters.toLocaleString('en-US')} characters`,
  `pictures up to ${megabytes(imageBytes)}`,
  `clips up to ${megabytes(videoBytes)}`,
];

const megabytes = (bytes: number): string => `${Math.floor(bytes / 104_857.6) / 10} MB`;
