import type { PostStatus } from '../../contract/status.js';

/**
 * The models that made a post, each once, in the order of its pipeline. What a stand-in made names none: no model was asked.
 * A sample of before rows told who made them names none at all.
 */
export function makersOf({ offline, pipeline }: Pick<PostStatus, 'offline' | 'pipeline'>): string[] {
  if (offline && !pipeline.some((row) => row.offline)) return [];
  const real = pipeline.filter((row) => !row.offline);
  return [...new Set(real.flatMap(({ model }) => model ?? []))];
}
