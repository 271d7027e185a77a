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

/** A word on a colour that says no more than the word; `StateChip` is the one for the states of the record. */
export function Chip({ word, tone }: { word: string; tone: Tone }) {
  return <span class={`chip chip-${tone}`}>{word}</span>;
}

/** How many colours `base.css` has for accounts. */
export const ACCENTS = 8;

/** The colours of the accounts that the desk serves, by handle: each has its own while there are enough. */
let shared: ReadonlyMap<string, number> = new Map();

/**
 * Gives each account a colour that no other has, as long as there are colours: its handle's own, or the next one that is free.
 * Another account may come or go without most of them changing.
 *
 * @param handles sorted
 */
export function shareAccents(handles: readonly string[]): void {
  const given = new Map<string, number>();
  const taken = new Set<number>();
  for (const handle of handles.slice(0, ACCENTS)) {
    let accent = ownAccent(handle);
    while (taken.has(accent)) accent = (accent + 1) % ACCENTS;
    taken.add(accent);
    given.set(handle, accent);
  }
  shared = given;
}

/** The class of an account's own colour, `accent-0` to `accent-7`: the same on every page of a desk. */
export const accentOf = (handle: string): string => `accent-${shared.get(handle) ?? ownAccent(handle)}`;

/** The handle's FNV-1a hash of 32 bits, folded, since the low bits alone differ too little between short names. */
function ownAccent(handle: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(handle)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return ((hash >>> 16) ^ hash) & (ACCENTS - 1);
}

/** A format as a small picture; `words` is for those who don't see it, where its name does not stand beside it. */
export function FormatIcon({ format, words }: { format: string; words?: string }) {
  const isClip = format === 'video';
  const told = words === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': words };
  return (
    <svg class="format" viewBox="0 0 16 16" width="14" height="14" {...told}>
      {isClip ? (
        <path fill="currentColor" d="M3 2.5v11l10-5.5z" />
      ) : (
        <path
          fill="none"
          stroke="currentColor"
          stroke-width="1.5"
          stroke-linecap="round"
          d="M2.5 3.5h11M2.5 6.5h11M2.5 9.5h11M2.5 12.5h7"
        />
      )}
    </svg>
  );
}
