import { arcs, bowls, hills, tiles } from './compositions/discs.js';
import { columns, ribbons, stacks, waves } from './compositions/strips.js';
import type { Canvas } from './canvas.js';

interface Composition {
  /** What it is, for the alt text. */
  readonly words: string;
  /** What a scene speaks of that it fits. */
  readonly fits: RegExp;
  /** The shapes, as SVG, without the ground. */
  readonly draw: (canvas: Canvas) => string;
}

export type CompositionName =
  'arcs' | 'bowls' | 'columns' | 'hills' | 'ribbons' | 'stacks' | 'tiles' | 'waves';

export const COMPOSITIONS: Readonly<Record<CompositionName, Composition>> = {
  tiles: {
    words: 'a grid of round tiles',
    fits: /\b(?:grid|rack|shel(?:f|ves)|windows|squares)\b/i,
    draw: tiles,
  },
  ribbons: { words: 'winding ribbons', fits: /\b(?:cable|thread|road|rope|steam|smoke)\b/i, draw: ribbons },
  stacks: {
    words: 'stacks of long bars',
    fits: /\b(?:pile|piling|receipt|layers|folds|drawer)\b/i,
    draw: stacks,
  },
  waves: { words: 'layered waves', fits: /\b(?:waves?|dough|water|sea|bands|tide)\b/i, draw: waves },
  columns: {
    words: 'columns of different heights',
    fits: /\b(?:columns|stair(?:case|s)|chart|scale|towers?)\b/i,
    draw: columns,
  },
  hills: {
    words: 'a low disc above layered hills',
    fits: /\b(?:dawn|hills?|horizon|sun|moon|glow|fields?)\b/i,
    draw: hills,
  },
  arcs: {
    words: 'arcs around a disc',
    fits: /\b(?:loop|jar|clock|coil|ring|orbit|flatbread|wheel)\b/i,
    draw: arcs,
  },
  bowls: { words: 'bowls and discs in a row', fits: /\b(?:bowls?|loaf|cups?|pots?|lamp)\b/i, draw: bowls },
};

/** The first composition whose words a scene speaks, by where in it they stand; null where it speaks of none. */
export function compositionFor(scene: string): CompositionName | null {
  const found = (Object.keys(COMPOSITIONS) as CompositionName[])
    .map((name) => ({ name, at: scene.search(COMPOSITIONS[name].fits) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return found[0]?.name ?? null;
}
