import type { PixelSize } from '../reading/pictures.js';
import { ClipPlayer } from './clip.js';
import { PictureFrame } from './picture.js';

export interface PostMediaProps {
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
