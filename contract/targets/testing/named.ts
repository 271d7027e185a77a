import type { Target } from '../target.js';

/** Targets of these kinds, each by the name of its kind and without settings. */
export const targetsNamed = (...kinds: readonly string[]): Target[] =>
  kinds.map((kind) => ({ kind, name: kind, settings: {} }));
