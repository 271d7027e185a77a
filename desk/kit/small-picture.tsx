import type { Child } from 'hono/jsx';
import { ASSET_PATTERN } from '../../contract/ids.js';
import { smallPath } from './addresses.js';

interface SmallPictureProps {
  /** The name of the file; null for none. */
  readonly asset: string | null;
  readonly look: string;
  /** Its side as it is shown, in pixels. */
  readonly side: number;
  /** Where what it stands in is dragged, a picture is not dragged by itself. */
  readonly draggable?: false;
  /** What stands in its place where there is none. */
  readonly none?: Child;
}

/** A picture as lists show it, beside the words that say what it belongs to. */
export function SmallPicture({ asset, look, side, draggable, none }: SmallPictureProps) {
  if (asset === null || !ASSET_PATTERN.test(asset)) return <>{none}</>;
  return (
    <img
      class={look}
      src={smallPath(asset, 240)}
      alt=""
      width={side}
      height={side}
      loading="lazy"
      decoding="async"
      draggable={draggable}
    />
  );
}
