import type { Chance } from '../seed.js';
import type { Palette } from './palette.js';

/** What a composition draws on. Lengths are in pixels of the whole picture, angles in degrees. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** A hundredth of the shorter side. */
  readonly unit: number;
  readonly palette: Palette;
  readonly chance: Chance;
  /** From -1 to 1 and back in the course of a clip; `late` is a share of a turn. 0 in a still picture, when not late. */
  sway(late?: number): number;
  /** The share of a turn that a clip has done, 0 to 1, in radians. */
  readonly turn: number;
  /** Declares a gradient over the shape that is filled with it, and answers the fill. Stops are `[share, colour, opacity]`. */
  gradient(degrees: number, ...stops: readonly GradientStop[]): string;
  /** The same from the middle of the shape outwards. */
  glow(...stops: readonly GradientStop[]): string;
  readonly defs: readonly string[];
}

export type GradientStop = readonly [share: number, colour: string, opacity?: number];

/** A canvas at a moment of a clip, `phase` from 0 to 1; a still picture is its first moment. */
export function canvasOf(
  size: { readonly width: number; readonly height: number },
  palette: Palette,
  chance: Chance,
  motion: { readonly phase: number; readonly amount: number },
): Canvas {
  const turn = 2 * Math.PI * motion.phase;
  const defs: string[] = [];
  const declare = (open: string, close: string, stops: readonly GradientStop[]): string => {
    const id = `g${defs.length}`;
    const inner = stops.map(
      ([share, colour, opacity = 1]) =>
        `<stop offset="${share}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    );
    defs.push(`<${open} id="${id}"${close}>${inner.join('')}</${open.split(' ')[0] ?? ''}>`);
    return `url(#${id})`;
  };
  return {
    ...size,
    unit: Math.min(size.width, size.height) / 100,
    palette,
    chance,
    turn,
    sway: (late = 0) => motion.amount * (Math.sin(turn + 2 * Math.PI * late) - Math.sin(2 * Math.PI * late)),
    gradient: (degrees, ...stops) =>
      declare('linearGradient', ` gradientTransform="rotate(${degrees} 0.5 0.5)"`, stops),
    glow: (...stops) => declare('radialGradient', '', stops),
    defs,
  };
}

/** A number as SVG has it, short. */
export const n = (value: number): string => String(Math.round(value * 10) / 10);

/** Attributes, of which those that are undefined are left out. */
export const shape = (
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
): string => {
  const said = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return `<${name} ${said.map(([key, value]) => `${key}="${typeof value === 'number' ? n(value) : value}"`).join(' ')}/>`;
};

export const disc = (cx: number, cy: number, r: number, fill: string, opacity?: number): string =>
  shape('circle', { cx, cy, r, fill, ...(opacity !== undefined && { 'fill-opacity': opacity.toFixed(2) }) });

/** A smooth line through points, as the `d` of a path. */
export function smooth(points: readonly (readonly [number, number])[]): string {
  const [[x0, y0] = [0, 0], ...rest] = points;
  let d = `M${n(x0)} ${n(y0)}`;
  rest.forEach(([x, y], at) => {
    const [px, py] = points[at] as readonly [number, number];
    const [bx, by] = points[Math.max(0, at - 1)] as readonly [number, number];
    const [ax, ay] = points[Math.min(points.length - 1, at + 2)] as readonly [number, number];
    d += `C${n(px + (x - bx) / 6)} ${n(py + (y - by) / 6)} ${n(x - (ax - px) / 6)} ${n(y - (ay - py) / 6)} ${n(x)} ${n(y)}`;
  });
  return d;
}

/** A number from `least` to `most`. */
export const between = ({ chance }: Canvas, least: number, most: number): number =>
  least + (chance.next(1_000) / 999) * (most - least);
