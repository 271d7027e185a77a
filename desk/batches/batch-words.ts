import type { Mix } from '../../contract/mix.js';
import { stateWords } from '../../contract/states.js';

export const BATCHES_PATH = '/desk/batches';
export const NEW_BATCH_PATH = `${BATCHES_PATH}/new`;
/** The address of a batch at the desk. */
export const batchPath = (id: string): string => `${BATCHES_PATH}/${id}`;

/** `1 video, 4 hero text`. */
export const mixLine = (mix: Mix): string =>
  Object.entries(mix)
    .map(([format, count]) => `${count} ${stateWords(format)}`)
    .join(', ');

/** A planner's name as a heading: `Evaluation and benchmarks`. */
export function plannerWords(name: string): string {
  const words = stateWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1 post`, `2 posts`. */
export const countPosts = (count: number): string => `${count} ${count === 1 ? 'post' : 'posts'}`;
