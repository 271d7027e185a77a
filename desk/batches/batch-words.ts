import { type Mix, mixSize } from '../../contract/mix.js';
import type { BatchSummary } from '../../contract/lists.js';
import { isAtWork, statesIn, stateWords } from '../../contract/states.js';

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

/** Whether a batch does nothing until a person decides: every post is planned, none is at work, and some wait for a decision. */
export function waitsForPerson({
  status,
  counts,
  mix,
}: Pick<BatchSummary, 'status' | 'counts' | 'mix'>): boolean {
  if (status !== 'running') return false;
  const states = statesIn(counts);
  const posts = states.reduce((sum, state) => sum + counts[state]!, 0);
  const isForPerson = (counts.awaiting_approval ?? 0) + (counts.blocked ?? 0) > 0;
  return isForPerson && !states.some(isAtWork) && posts >= mixSize(mix);
}

/** `1 post`, `2 posts`. */
export const countPosts = (count: number): string => `${count} ${count === 1 ? 'post' : 'posts'}`;
