import type { MediaOrder } from '../../../contract/media/read-fields.js';

let seeds = 0;

/** A picture that nobody else asks for. */
export const pictureOrder = (endpoint: string, change: Partial<MediaOrder> = {}): MediaOrder => ({
  kind: 'picture',
  endpoint,
  prompt: 'A harbor clock',
  aspectRatio: '16:9',
  seed: (seeds += 1),
  imageUrl: null,
  ...change,
});

/** A clip whose frame is its own, as every upload is. */
export const clipOrder = (endpoint: string, change: Partial<MediaOrder> = {}): MediaOrder =>
  pictureOrder(endpoint, {
    kind: 'clip',
    prompt: 'The hands move.',
    aspectRatio: '9:16',
    imageUrl: `https://example.com/frame_${(seeds += 1)}.png`,
    ...change,
  });
