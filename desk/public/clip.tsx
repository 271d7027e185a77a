import type { PixelSize } from '../reading/pictures.js';
import { assetPath } from '../kit/addresses.js';
import { isTall } from './picture.js';

export interface ClipProps {
  readonly asset: string;
  /** The frame that it starts from; null where there is none. */
  readonly poster: string | null;
  /** What it shows, in words. */
  readonly alt: string;
  /** Of its first frame. */
  readonly size: PixelSize | null;
}

/** A clip that a reader starts, and that then runs in a loop. Clips are ordered without sound: there is nothing to caption. */
export function ClipPlayer({ asset, poster, alt, size }: ClipProps) {
  return (
    <video
      class={isTall(size) ? 'tall' : undefined}
      controls
      loop
      playsinline
      preload="metadata"
      src={assetPath(asset)}
      poster={poster ? assetPath(poster) : undefined}
      width={size?.width}
      height={size?.height}
      aria-label={alt}
    />
  );
}
