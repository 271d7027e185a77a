import { createHash } from 'node:crypto';
import { stemsOf } from './stems.js';

/** So that no text is without a direction, and so little that it makes no two texts near. */
const SELF = 0.05;

/**
 * A made-up vector of a text, of length 1: each of its words adds to a few places that its hash chooses. Texts with words in
 * common are near each other, and nothing else is understood.
 */
export function makeVector(text: string, dimensions: number): number[] {
  const counts = new Map<string, number>();
  for (const stem of stemsOf(text)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const vector = new Float64Array(dimensions);
  for (const [stem, count] of counts) {
    const digest = createHash('sha256').update(stem).digest();
    for (let at = 0; at < 4; at += 1) {
      const place = digest.readUInt32LE(at * 4) % dimensions;
      vector[place] = (vector[place] ?? 0) + (digest.readInt8(16 + at) < 0 ? -1 : 1) * (1 + Math.log(count));
    }
  }
  const own = createHash('sha256').update(text).digest().readUInt32LE(0) % dimensions;
  vector[own] = (vector[own] ?? 0) + SELF;
  const length = Math.hypot(...vector);
  // As the API does: of a 32-bit float, seven digits say everything.
  return Array.from(vector, (number) => Number((number / length).toPrecision(7)));
}
