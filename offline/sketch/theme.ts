import { chanceOf } from '../seed.js';
import { COMPOSITIONS, compositionFor, type CompositionName } from './compositions.js';
import { coloursIn, coloursOfSet, type Colour } from './colours.js';
import type { Mood } from './palette.js';

/** What a prompt settles of an abstract picture; the seed settles the rest. */
export interface Theme {
  readonly composition: CompositionName;
  /** Two or more. */
  readonly colours: readonly Colour[];
  readonly mood: Mood;
}

/**
 * Reads a prompt: the composition from the words of its scene, the colours from those of its look (`Look: …`), else from the
 * whole of it, and the mood from what an editor asks for. Where nothing is said, the same words always settle the same.
 */
export function themeOf(prompt: string): Theme {
  const [beforeLook = '', ruled = ''] = prompt.split('\nLook: ');
  const [look = ''] = ruled.split('\nNo writing');
  const [scene = '', asked = ''] = beforeLook.split('\nThe editor asks: ');
  return { composition: compositionOf(scene), colours: coloursOf(scene, look), mood: moodOf(asked) };
}

/** What somebody sees who looks at it: "layered waves in ink blue, graphite and sodium orange". */
export function inWords({ composition, colours }: Theme): string {
  const names = colours.slice(0, 4).map(({ name }) => name);
  return `${COMPOSITIONS[composition].words} in ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function compositionOf(scene: string): CompositionName {
  const names = Object.keys(COMPOSITIONS) as CompositionName[];
  return compositionFor(scene) ?? (names[numberOf(scene, names.length)] as CompositionName);
}

function coloursOf(scene: string, look: string): readonly Colour[] {
  const said = coloursIn(look === '' ? scene : look);
  return said.length >= 2 ? said : coloursOfSet(numberOf(look === '' ? scene : look, 1_000));
}

function moodOf(asked: string): Mood {
  if (/\b(?:dark(?:er)?|dimmer|moodier|at night)\b/i.test(asked)) return 'darker';
  return /\b(?:light(?:er)?|bright(?:er)?|paler|softer|airier)\b/i.test(asked) ? 'lighter' : 'as told';
}

const numberOf = (text: string, below: number): number => chanceOf(text.trim()).next(below);
