import { AssetMissing, type AssetStore } from '../../assets/assets.js';
import { fitPicture, type FittedPicture } from '../picture.js';
import { TargetFailure, type Edition } from '../publisher.js';
import type { BlueskyAccount } from './account.js';
import { uploadClip, type ClipOptions } from './clip.js';

/** Of a picture in bytes: what servers of before April 2026 take too. */
export const MOST_PICTURE_BYTES = 1_000_000;
/** Of a clip in bytes. */
export const MOST_CLIP_BYTES = 100_000_000;

export interface EmbedOptions extends ClipOptions {
  readonly assets: Pick<AssetStore, 'read' | 'size'>;
}

/**
 * Uploads what the post shows, and describes it for its record: the clip of a video, else the picture, with its alt text and
 * shape. Uploading the same bytes again is no other file.
 *
 * @returns null for a post that shows nothing
 * @throws TargetFailure
 */
export async function uploadEmbed(
  edition: Edition,
  account: BlueskyAccount,
  options: EmbedOptions,
): Promise<object | null> {
  const { assets, altText: alt } = edition;
  const [picture, clip] = [assets.find((name) => !isClip(name)), assets.findLast(isClip)];
  if (clip !== undefined) {
    const bytes = await readClip(clip, options.assets);
    const video = await uploadClip(bytes, account, options);
    return { $type: 'app.bsky.embed.video', video, alt, aspectRatio: await clipSize(bytes) };
  }
  if (picture === undefined) return null;
  const { bytes, mimeType, width, height } = await readPicture(picture, options.assets);
  const { data } = await account.read((agent) => agent.uploadBlob(bytes, { encoding: mimeType }));
  const image = { image: data.blob, alt, aspectRatio: { width, height } };
  return { $type: 'app.bsky.embed.images', images: [image] };
}

const isClip = (name: string): boolean => name.endsWith('.mp4');

async function readPicture(name: string, assets: Pick<AssetStore, 'read'>): Promise<FittedPicture> {
  const bytes = await read(name, assets);
  return fitPicture(bytes, { maxBytes: MOST_PICTURE_BYTES }).catch((error: unknown) => {
    throw new TargetFailure('refused', 'Target.TooLarge', error instanceof Error ? error.message : name);
  });
}

async function readClip(name: string, assets: Pick<AssetStore, 'read' | 'size'>): Promise<Uint8Array> {
  const size = (await assets.size(name)) ?? 0;
  if (size > MOST_CLIP_BYTES) {
    const most = `${MOST_CLIP_BYTES / 1_000_000} MB`;
    throw new TargetFailure('refused', 'Target.TooLarge', `the clip is larger than ${most}`);
  }
  return read(name, assets);
}

function read(name: string, assets: Pick<AssetStore, 'read'>): Promise<Uint8Array> {
  return assets.read(name).catch((error: unknown) => {
    if (error instanceof AssetMissing) throw new TargetFailure('refused', 'Target.NoFile', error.message);
    const message = error instanceof Error ? error.message : String(error);
    throw new TargetFailure('later', 'Target.NoFile', `${name} can't be read: ${message}`);
  });
}

/** Pixels, as the clip is shown. It was checked when it was stored. */
async function clipSize(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  const { ALL_FORMATS, BufferSource, Input } = await import('mediabunny');
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new TargetFailure('refused', 'Target.Clip', 'the clip has no video track');
    return { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() };
  } finally {
    input.dispose();
  }
}
