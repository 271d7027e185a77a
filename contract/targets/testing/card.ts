import { fitText } from '../fit-text.js';
import type { TargetKind } from '../target.js';

/** A kind for tests: a card of 60 characters, which takes no shouting. */
export const card: TargetKind = {
  kind: 'card',
  settings: {},
  limit: { most: 60 },
  fit: (words) => fitText(words, (text) => text.length <= 60),
  refuses: (text) => {
    if (text.length > 60) return `${text.length} of 60 characters`;
    return text === text.toUpperCase() ? 'it shouts' : null;
  },
};
