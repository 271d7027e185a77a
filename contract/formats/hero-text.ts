import type { ContentFormat } from './format.js';

/** A hero image over an article body, with a caption. */
export const heroText: ContentFormat = {
  name: 'hero_text',
  purpose: 'an argument that needs room: a hero image over an article of a few paragraphs',
  hasBody: true,
  media: ['hero_image'],
  aspectRatio: '16:9',
};
