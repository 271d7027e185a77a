import { stateWords, type BatchState, type PostState, type StepState } from '../../contract/states.js';

type State = PostState | BatchState | StepState;

/** How a state is coloured; its word always stands beside it. */
export type Tone = 'good' | 'wait' | 'bad' | 'over' | 'work';

const TONES: Readonly<Record<State, Tone>> = {
  drafting: 'work',
  illustrating: 'work',
  filming: 'work',
  publishing: 'work',
  planning: 'work',
  running: 'work',
  awaiting_approval: 'wait',
  scheduled: 'wait',
  paused: 'wait',
  published: 'good',
  done: 'good',
  blocked: 'bad',
  failed: 'bad',
  rejected: 'over',
  expired: 'over',
  cancelled: 'over',
  unpublished: 'over',
  pending: 'over',
  skipped: 'over',
};

/** Of a state that this version does not know, as of a newer archive, nothing is claimed. */
export const toneOf = (state: string): Tone => (TONES as Readonly<Record<string, Tone>>)[state] ?? 'over';

/** A state as a coloured chip with its word. */
export function StateChip({ state }: { state: State }) {
  return <span class={`chip chip-${toneOf(state)}`}>{stateWords(state)}</span>;
}
