import { AssetMissing, type AssetStore } from '../assets/assets.js';
import { readable } from '../readable.js';
import { whyNoAnswer } from '../signed-post.js';
import { type MastodonClient, isMissing } from './mastodon-client.js';
import { fitPicture } from './picture.js';
import { TargetFailure, type Edition } from './publisher.js';

/** What an instance takes. */
interface InstanceLimits {
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

interface MediaOptions {
  readonly assets: Pick<AssetStore, 'read'>;
  readonly pause: (ms: number) => Promise<void>;
}

/** Between two looks at a file that is being processed. */
export const LOOK_MS = 2_000;
/** An instance that takes longer than five minutes is asked another time. */
const MOST_LOOKS = 150;

/**
 * Uploads what a post shows, with its alt text, and waits until the instance has processed it. A clip goes alone: Mastodon takes no
 * picture beside it. A picture is brought under the instance's limits, a clip can't be.
 *
 * @returns the ids of what was uploaded, none for a post without a file
 * @throws TargetFailure where a file is too large, missing, or not processed in time; else what the client throws
 */
export async function uploadMedia(
  client: MastodonClient,
  { assets: names, altText }: Edition,
  { limits, assets, pause }: MediaOptions & { readonly limits: InstanceLimits },
): Promise<string[]> {
  const name = names.find((one) => one.endsWith('.mp4')) ?? names[0];
  if (name === undefined) return [];
  const file = await fileOf(name, await read(assets, name), limits);
  const description = shortened(altText, limits.descriptionCharacters);
  const { id, url } = await client.v2.media.create({ file, description, skipPolling: true });
  for (let looks = 0, shown = url; !shown; looks += 1) {
    if (looks === MOST_LOOKS)
      throw new TargetFailure('later', 'Target.Processing', `${name} is still being processed`);
    await pause(LOOK_MS);
    shown = (await client.v1.media.$select(id).fetch()).url;
  }
  return [id];
}

async function read(assets: MediaOptions['assets'], name: string): Promise<Uint8Array> {
  return assets.read(name).catch((error: unknown) => {
    if (error instanceof AssetMissing) throw new TargetFailure('refused', 'Target.NoFile', error.message);
    throw new TargetFailure(
      'later',
      'Target.NoFile',
      readable(`${name} can't be read: ${whyNoAnswer(error)}`),
    );
  });
}

async function fileOf(name: string, bytes: Uint8Array, limits: InstanceLimits): Promise<File> {
  const { imageBytes, imagePixels, videoBytes } = limits;
  if (name.endsWith('.mp4')) {
    if (bytes.length > videoBytes)
      throw tooLarge(`the clip has more than ${videoBytes.toLocaleString('en-US')} bytes`);
    return new File([bytes], name, { type: 'video/mp4' });
  }
  const picture = await fitPicture(bytes, { maxBytes: imageBytes, maxPixels: imagePixels }).catch(
    (error: Error) => {
      throw tooLarge(error.message);
    },
  );
  return new File([picture.bytes], name, { type: picture.mimeType });
}

const tooLarge = (message: string): TargetFailure => new TargetFailure('refused', 'Target.TooLarge', message);

/** A text of at most so many characters. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
