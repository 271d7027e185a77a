import type { PixelSize } from '../reading/pictures.js';
import { assetPath, SMALL_WIDTHS, smallPath } from '../kit/addresses.js';

interface PostMediaProps {
  /** Asset names. */
  readonly hero: string | null;
  readonly clip: string | null;
  readonly alt: string;
  /** Of the picture. */
  readonly size: PixelSize | null;
  readonly language: string;
}

/** The clip of a post, or else its picture. */
export function PostMedia({ hero, clip, alt, size, language }: PostMediaProps) {
  if (clip === null && hero === null) return <></>;
  return (
    <figure class="media" lang={language}>
      {clip !== null ? (
        <ClipPlayer asset={clip} poster={hero} alt={alt} size={size} />
      ) : (
        hero !== null && (
          <PictureFrame asset={hero} alt={alt} size={size} shown="(min-width: 44rem) 42rem, 100vw" />
        )
      )}
    </figure>
  );
}

interface PictureProps {
  readonly asset: string;
  /** Its alt text. */
  readonly alt: string;
  readonly size: PixelSize | null;
  /** Whether it may wait until a reader scrolls to it. */
  readonly later?: boolean;
  /** How wide it is shown, as the attribute `sizes` says it. */
  readonly shown: string;
}

/** A picture at its own ratio, whose place is kept until it is there. A browser takes the width that it needs. */
export function PictureFrame({ asset, alt, size, later = false, shown }: PictureProps) {
  const widths = pictureWidths(asset, size);
  return (
    <img
      src={assetPath(asset)}
      srcset={widths ?? undefined}
      sizes={widths === null ? undefined : shown}
      alt={alt}
      width={size?.width}
      height={size?.height}
      loading={later ? 'lazy' : undefined}
      decoding="async"
    />
  );
}

/** Its smaller widths and its own, as the attribute `srcset` names them; null for a picture of an unknown or a small size. */
export function pictureWidths(asset: string, size: PixelSize | null): string | null {
  const smaller = SMALL_WIDTHS.filter((width) => size !== null && width < size.width);
  if (size === null || smaller.length === 0) return null;
  return [
    ...smaller.map((width) => `${smallPath(asset, width)} ${width}w`),
    `${assetPath(asset)} ${size.width}w`,
  ].join(', ');
}

/** Whether a picture is higher than it is wide, and so gets a place beside its text where there is room. */
export const isTall = (size: PixelSize | null): boolean => size !== null && size.height > size.width;

interface ClipProps {
  readonly asset: string;
  /** The frame that it starts from; null where there is none. */
  readonly poster: string | null;
  /** What it shows, in words. */
  readonly alt: string;
  /** Of its first frame. */
  readonly size: PixelSize | null;
}

/** A clip that a reader starts, and that then runs in a loop. Clips are ordered without sound: there is nothing to caption. */
function ClipPlayer({ asset, poster, alt, size }: ClipProps) {
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
