import type { Target } from '../../account.js';

/** A target of a kind, by the kind's name and without settings. */
export const targetNamed = (kind: string): Target => ({ kind, name: kind, settings: {} });

export const targetsNamed = (...kinds: readonly string[]): Target[] => kinds.map(targetNamed);
