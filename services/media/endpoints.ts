/**
 * The inputs of the fal endpoints we offer. Field names and defaults are those of each endpoint's own schema on fal.ai as
 * of 2026-11-24; an endpoint that is not listed gets the fields that most of them share.
 */
import { clipSeconds } from '../../contract/prices/ordered.js';
import type { MediaJob } from './media.js';

type AspectRatio = '16:9' | '9:16';

export interface PictureOrder {
  readonly endpoint: string;
  readonly prompt: string;
  readonly aspectRatio: AspectRatio;
  /** Drawn once for the job and kept in history: it makes the input unique, so that a lost job can be found again. */
  readonly seed: number;
}

export interface ClipOrder extends PictureOrder {
  /** The hero frame, where fal can read it. */
  readonly imageUrl: string;
}

export function pictureJob(order: PictureOrder): MediaJob {
  const { endpoint, prompt, aspectRatio, seed } = order;
  // The ultra of flux-pro takes a ratio, its siblings a size.
  if (endpoint.startsWith('fal-ai/flux/') || endpoint === 'fal-ai/flux-pro/v1.1') {
    const size = aspectRatio === '16:9' ? 'landscape_16_9' : 'portrait_16_9';
    return { endpoint, input: { prompt, image_size: size, num_images: 1, seed, output_format: 'png' } };
  }
  return {
    endpoint,
    input: { prompt, aspect_ratio: aspectRatio, num_images: 1, seed, output_format: 'png' },
  };
}

export function clipJob(order: ClipOrder): MediaJob {
  const { endpoint, prompt, imageUrl, seed } = order;
  const seconds = clipSeconds(endpoint);
  if (endpoint.startsWith('fal-ai/kling-video/v3/')) {
    const input = { prompt, start_image_url: imageUrl, duration: String(seconds), generate_audio: false };
    return { endpoint, input };
  }
  if (endpoint.startsWith('fal-ai/kling-video/')) {
    return { endpoint, input: { prompt, image_url: imageUrl, duration: String(seconds) } };
  }
  if (endpoint.startsWith('fal-ai/ltx-2.3/')) {
    const input = {
      prompt,
      image_url: imageUrl,
      duration: seconds,
      resolution: '1080p',
      generate_audio: false,
    };
    return { endpoint, input };
  }
  return { endpoint, input: { prompt, image_url: imageUrl, duration: seconds, seed } };
}
