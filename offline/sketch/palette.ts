import type { Colour } from './colours.js';

/** Colours by what they do in a picture, as `#rrggbb`. */
export interface Palette {
  readonly ground: string;
  /** Five steps away from the ground. */
  readonly ramp: readonly [string, string, string, string, string];
  /** The one that stands out. */
  readonly accent: string;
  /** Whether things are lighter than the ground. */
  readonly isDark: boolean;
}

export type Mood = 'as told' | 'darker' | 'lighter';

type Rgb = readonly [number, number, number];

/** Gives each of two or more colours its part. The ground is the darkest where most are dark, else the lightest. */
export function paletteOf(colours: readonly Colour[], mood: Mood): Palette {
  const hexes = colours.map(({ hex }) => hex);
  const byLight = hexes.toSorted((a, b) => luminance(a) - luminance(b));
  const isDark = hexes.reduce((sum, hex) => sum + luminance(hex), 0) / hexes.length < 0.3;
  const ground = (isDark ? byLight[0] : byLight.at(-1)) as string;
  const others = hexes.filter((hex) => hex !== ground);
  const accent = others.toSorted((a, b) => standsOut(b, hexes) - standsOut(a, hexes))[0] as string;
  const rest = others
    .filter((hex) => hex !== accent)
    .sort((a, b) => distance(a, ground) - distance(b, ground));
  const between = rest.length > 0 ? rest : [mixColours(ground, accent, 0.3)];
  const far = between.at(-1) as string;
  // Where all others are near the ground, the ramp goes on to a tint of it.
  const isFlat = Math.abs(luminance(far) - luminance(ground)) < 0.2;
  const end = isFlat ? mixColours(mixColours(ground, far, 0.4), isDark ? '#f4f7ff' : '#14110f', 0.72) : far;
  const way = isFlat ? [ground, ...between, end] : [ground, ...between];
  const toned = (hex: string): string =>
    mood === 'as told' ? hex : mixColours(hex, mood === 'darker' ? '#05060a' : '#ffffff', 0.38);
  const step = (share: number): string => toned(along(way, share));
  return {
    ground: toned(ground),
    ramp: [step(0.2), step(0.4), step(0.6), step(0.8), step(1)],
    accent: mood === 'darker' ? mixColours(accent, '#05060a', 0.15) : accent,
    isDark,
  };
}

/** A colour on the way from one to another; 0 is the first, 1 the second. */
export function mixColours(from: string, to: string, share: number): string {
  const [a, b] = [rgb(from), rgb(to)];
  return `#${a.map((value, at) => hexOf(value + ((b[at] as number) - value) * share)).join('')}`;
}

/** The colour at a share of the way along a line of colours. */
function along(way: readonly string[], share: number): string {
  const at = share * (way.length - 1);
  const from = Math.min(Math.floor(at), way.length - 2);
  return mixColours(way[from] as string, way[from + 1] as string, at - from);
}

/** How far a colour's hue is from the nearest other's, counted by how colourful it is. */
function standsOut(hex: string, all: readonly string[]): number {
  const others = all.filter((other) => other !== hex && saturation(other) > 0.12);
  const away = others.map((other) => {
    const apart = Math.abs(hue(hex) - hue(other));
    return Math.min(apart, 360 - apart);
  });
  return (Math.min(...away, 180) + 20) * saturation(hex);
}

const rgb = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const hexOf = (value: number): string =>
  Math.round(Math.min(255, Math.max(0, value)))
    .toString(16)
    .padStart(2, '0');

const distance = (a: string, b: string): number => {
  const [one, other] = [rgb(a), rgb(b)];
  return Math.hypot(...one.map((value, at) => value - (other[at] as number)));
};

/** Relative luminance, 0 to 1 (WCAG 2.2). */
function luminance(hex: string): number {
  const [r, g, b] = rgb(hex).map((value) => {
    const share = value / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function saturation(hex: string): number {
  const [most, least] = [Math.max(...rgb(hex)), Math.min(...rgb(hex))];
  return most === 0 ? 0 : (most - least) / most;
}

/** Degrees. */
function hue(hex: string): number {
  const [r, g, b] = rgb(hex);
  return ((Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b) * 180) / Math.PI + 360) % 360;
}
