import type { Tone } from '../shared/state-chip.js';

/** A word on a colour that says no more than the word; `StateChip` is the one for the states of the record. */
export function Chip({ word, tone }: { word: string; tone: Tone }) {
  return <span class={`chip chip-${tone}`}>{word}</span>;
}
