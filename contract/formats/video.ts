import type { ContentFormat } from './format.js';

/** A clip of a few seconds, filmed from its hero frame, with a caption and no article. */
export const video: ContentFormat = {
  name: 'video',
  purpose: 'one idea that can be shown in a clip of a few seconds, carried by motion and a caption',
  hasBody: false,
  media: ['hero_image', 'video'],
  aspectRatio: '9:16',
};
