import { LITELLM_AS_OF } from './generated.js';
import type { MediaPrice, MediaUnit, Source, TextPrice } from './table.js';

/** What LiteLLM lacks, or has in another unit than fal bills: each with a day and a source of its own. It beats the generated table. */

const media = (usd: string, unit: MediaUnit, source: Source, asOf: string): MediaPrice => ({
  usd,
  unit,
  source,
  asOf,
});

/** At the sizes and without the sound that we order. */
export const MEDIA_BY_HAND: Readonly<Record<string, MediaPrice>> = {
  // LiteLLM has the amount for an image; fal bills it for each whole megapixel, as it does flux/dev.
  'fal-ai/flux/schnell': media('0.003', 'megapixel', 'litellm', LITELLM_AS_OF),
  // A list of May 2026 has twice as much.
  'fal-ai/kling-video/v3/pro/image-to-video': media('0.112', 'second', 'fal catalogue', '2026-08-05'),
  'fal-ai/kling-video/v3/standard/image-to-video': media('0.084', 'second', 'fal catalogue', '2026-08-05'),
  'fal-ai/kling-video/v2.5-turbo/pro/image-to-video': media('0.07', 'second', 'fal pricing', '2026-09-20'),
  'fal-ai/ltx-2.3/image-to-video': media('0.06', 'second', 'fal pages', '2026-11-24'),
};

/** US dollars per million tokens. */
export const TEXT_BY_HAND: Readonly<Record<string, TextPrice>> = {};

/**
 * What an estimate takes for a picture that the tables lack, `fal-ai/nano-banana-pro` at 4K: the dearest that we know, short of
 * those that must be ordered at the largest size and the best quality.
 */
export const DEAREST_PICTURE: MediaPrice = media('0.3', 'image', 'litellm', LITELLM_AS_OF);
/** The same for a clip: `bytedance/seedance-2.0` at 1080p. */
export const DEAREST_CLIP: MediaPrice = media('0.682', 'second', 'litellm', LITELLM_AS_OF);
