import { stateWords } from '../../contract/states.js';
import type { BatchState, PostState } from '../../contract/states.js';
import type { Colors } from './output.js';

/** What came to nothing, or is there no more. */
const DIM: readonly (PostState | BatchState)[] = ['cancelled', 'rejected', 'expired', 'unpublished'];

/** A state in its colour: green when all is well, yellow when a person is waited for, red when something went wrong. */
export function stateColored(state: PostState | BatchState, colors: Colors): string {
  const words = stateWords(state);
  if (state === 'published' || state === 'done') return colors.green(words);
  if (state === 'awaiting_approval' || state === 'scheduled' || state === 'paused')
    return colors.yellow(words);
  if (state === 'blocked' || state === 'failed') return colors.red(words);
  if (DIM.includes(state)) return colors.dim(words);
  return colors.cyan(words);
}

/** An ISO time as `2026-11-24 09:32 UTC`; a command has no account's zone to go by. */
export const timeWords = (iso: string): string =>
  `${iso.slice(0, 16).replace('T', ' ')}${/Z$/.test(iso) ? ' UTC' : ''}`;
