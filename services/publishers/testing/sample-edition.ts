import type { Edition } from '../publisher.js';

/** A post as it is approved; what a test cares about it changes. */
export const sampleEdition = (postId: string, change: Partial<Edition> = {}): Edition => ({
  ...{ postId, account: 'ashtalksai', revision: 1, contentFormat: 'hero_text', language: 'en' },
  ...{ title: 'A clock', body: 'A paragraph.\n\nAnother.', caption: 'A clock of brass.' },
  ...{ hashtags: ['clocks', 'brass'], altText: 'A clock above a harbour', text: null },
  ...{ assets: [`${postId}_hero.png`], at: '2026-11-26T09:00:00.000Z' },
  ...change,
});
