import { chanceOf } from '../seed.js';
import { between, canvasOf, disc, n, shape, type Canvas } from './canvas.js';
import { coloursIn, coloursOfSet, type Colour } from './colours.js';
import { COMPOSITIONS, compositionFor, type CompositionName } from './compositions.js';
import { type Mood, mixColours, paletteOf } from './palette.js';

/** What a prompt settles of an abstract picture; the seed settles the rest. */
interface Theme {
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

/** An abstract picture, which can be drawn again at any moment of a clip. */
export interface Sketch {
  readonly theme: Theme;
  /** Equal sketches of equal seeds are equal to the byte. */
  readonly seed: string;
  readonly width: number;
  readonly height: number;
}

export interface Motion {
  /** The share of a clip that is over, 0 to 1: the end is the beginning again. */
  readonly phase: number;
  /** How much moves; 1 is as usual. */
  readonly amount: number;
}

const STILL: Motion = { phase: 0, amount: 1 };
const FLECKS = 160;

/** The picture as an SVG of shapes alone, `drawn` so large: no text, no fonts, no files. */
export function svgOf(
  { theme, seed, width, height }: Sketch,
  motion: Motion = STILL,
  drawn: { readonly width: number; readonly height: number } = { width, height },
): string {
  const palette = paletteOf(theme.colours, theme.mood);
  const canvas = canvasOf({ width, height }, palette, chanceOf(seed), motion);
  const whole = { x: 0, y: 0, width, height };
  const ground = canvas.gradient(
    60,
    [0, palette.ground],
    [1, mixColours(palette.ground, palette.ramp[0], 0.8)],
  );
  const layers = [
    shape('rect', { ...whole, fill: ground }),
    light(canvas),
    COMPOSITIONS[theme.composition].draw(canvas),
    shape('rect', { ...whole, y: height * 0.65, height: height * 0.35, fill: shade(canvas) }),
    flecks(canvas),
  ];
  const frame = `width="${n(drawn.width)}" height="${n(drawn.height)}" viewBox="0 0 ${n(width)} ${n(height)}"`;
  const defs = `<defs>${canvas.defs.join('')}</defs>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${frame} preserveAspectRatio="none">${defs}${layers.join('')}</svg>`;
}

/** A soft light from one side. */
function light(canvas: Canvas): string {
  const { width, height, palette } = canvas;
  const colour = palette.isDark ? mixColours(palette.ramp[3], palette.accent, 0.12) : '#ffffff';
  const fill = canvas.glow([0, colour, palette.isDark ? 0.34 : 0.6], [1, colour, 0]);
  const left = canvas.chance.next(2) === 0 ? 0.15 : 0.85;
  return disc(
    width * left + canvas.sway() * canvas.unit * 4,
    height * 0.25,
    Math.max(width, height) * 0.5,
    fill,
  );
}

/** The lower part lies in the shadow. */
const shade = (canvas: Canvas): string =>
  canvas.gradient(90, [0, '#000000', 0], [1, '#000000', canvas.palette.isDark ? 0.35 : 0.1]);

/** Dust, in place of a grain that would make the file large. */
function flecks(canvas: Canvas): string {
  const { width, height, unit, palette } = canvas;
  const colour = palette.isDark ? '#ffffff' : '#2a1c10';
  return Array.from({ length: FLECKS }, () => {
    const [x, y] = [between(canvas, 0, width), between(canvas, 0, height)];
    return disc(x, y, unit * between(canvas, 0.06, 0.2), colour, between(canvas, 0.05, 0.22));
  }).join('');
}
