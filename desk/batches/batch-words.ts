import type { Mix } from '../../contract/mix.js';
import { POST_STATES, stateWords, type PostState } from '../../contract/states.js';

type Counts = Readonly<Partial<Record<PostState, number>>>;

/** The address of a batch at the desk. */
export const batchPath = (id: string): string => `/desk/batches/${id}`;

/** `1 video, 4 hero text`. */
export const mixLine = (mix: Mix): string =>
  Object.entries(mix)
    .map(([format, count]) => `${count} ${stateWords(format)}`)
    .join(', ');

/** The states that posts are in, in the order in which a post goes through them: `2 drafting, 1 published`. */
export const countLine = (counts: Counts): string =>
  statesIn(counts)
    .map((state) => `${counts[state]} ${stateWords(state)}`)
    .join(', ');

/** The states that some post is in, in the same order. */
export const statesIn = (counts: Counts): readonly PostState[] =>
  POST_STATES.filter((state) => counts[state]);

/** A planner's name as a heading: `Evaluation and benchmarks`. */
export function plannerWords(name: string): string {
  const words = stateWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1 post`, `2 posts`. */
export const countPosts = (count: number): string => `${count} ${count === 1 ? 'post' : 'posts'}`;
