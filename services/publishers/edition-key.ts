import { createHash } from 'node:crypto';
import type { Target } from '../../contract/targets/target.js';
import type { Edition } from './publisher.js';

/** A word for one revision of a post at one target: the same on every attempt, and nobody else's. 64 hexadecimal digits. */
export const editionKey = ({ postId, revision }: Edition, { name }: Target): string =>
  keyOf([postId, name, revision]);

/** The same for whatever else is done once. */
export const keyOf = (facts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('hex');
