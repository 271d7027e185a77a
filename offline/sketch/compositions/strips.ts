import { between, disc, n, shape, type Canvas, smooth } from '../canvas.js';
import { mixColours } from '../palette.js';

/** Columns that breathe, under a taut line that the tallest of them reaches. */
export function columns(canvas: Canvas): string {
  const { width, height, unit, palette } = canvas;
  const count = width > height ? 13 : 7;
  const step = width / count;
  const [late, peak] = [between(canvas, 0, 6.28), 2 + canvas.chance.next(count - 4)];
  const line = height * 0.2;
  const floor = height * 1.02;
  const bars = Array.from({ length: count }, (_, at) => {
    const hill = 0.43 + 0.17 * Math.sin(at * 0.9 + late) + between(canvas, -0.1, 0.1);
    const top = at === peak ? line + unit * 4 : height * (1 - hill) - canvas.sway(at * 0.08) * unit * 4.5;
    const wide = step * 0.66;
    const colour = palette.ramp[at === peak ? 4 : 1 + ((at * 2) % 4)] as string;
    const fill = canvas.gradient(
      90,
      [0, mixColours(colour, palette.isDark ? '#ffffff' : palette.accent, 0.12)],
      [1, mixColours(colour, palette.ground, 0.65)],
    );
    const x = at * step + (step - wide) / 2;
    return shape('rect', { x, y: top, width: wide, height: floor - top, rx: wide / 2, fill });
  });
  const x = (peak + 0.5) * step;
  const d = `M0 ${n(line)}Q${n(x)} ${n(line + canvas.sway(0.25) * unit * 1.2)} ${n(width)} ${n(line)}`;
  const thread = shape('path', { d, fill: 'none', stroke: palette.accent, 'stroke-width': unit * 0.7 });
  const bead = disc(x, line + canvas.sway(0.25) * unit * 0.6, unit * 2.6, palette.accent);
  return bars.join('') + thread + bead;
}

const STRANDS = 11;
const BENDS = 6;

/** A bundle of strands that winds across and sways; one of them is bright. */
export function ribbons(canvas: Canvas): string {
  const { width, height, unit, palette } = canvas;
  const isWide = width > height;
  const [length, breadth] = isWide ? [width, height] : [height, width];
  const bends = Array.from({ length: BENDS + 1 }, () => between(canvas, -1, 1));
  const bright = 3 + canvas.chance.next(STRANDS - 6);
  const strands = Array.from({ length: STRANDS }, (_, at) => {
    const off = (at - (STRANDS - 1) / 2) * unit;
    const points = bends.map((bend, step) => {
      const along = (step / BENDS) * length * 1.2 - length * 0.1;
      // The strands open and close along the way, or it would be a flat band.
      const open = 3.6 + 2.4 * Math.sin(step * 1.4 + bend);
      const across =
        breadth * (0.5 + 0.3 * bend) + off * open + canvas.sway(step * 0.16 + at * 0.012) * unit * 6;
      return isWide ? ([along, across] as const) : ([across, along] as const);
    });
    const colour = at === bright ? palette.accent : (palette.ramp[Math.abs(4 - (at % 8)) % 5] as string);
    return shape('path', {
      d: smooth(points),
      fill: 'none',
      'stroke-linecap': 'round',
      stroke: mixColours(colour, palette.ground, at === bright ? 0 : 0.12),
      'stroke-width': unit * (at === bright ? 1.6 : between(canvas, 1.8, 3.4)),
    });
  });
  return strands.join('');
}

/** Piles of long bars on a common floor, each bar a little off the one below; they shift like something that settles. */
export function stacks(canvas: Canvas): string {
  const { width, height, unit, palette } = canvas;
  const piles = width > height ? 3 : 2;
  const floor = height * 0.86;
  const span = width / (piles + 0.4);
  const bright = canvas.chance.next(piles);
  const standing = Array.from({ length: piles }, (_, pile) => {
    const x = span * (pile + 0.7);
    const count = width > height ? 6 + canvas.chance.next(5) : 9 + canvas.chance.next(9);
    const lit = canvas.chance.next(count);
    return Array.from({ length: count }, (__, at) => {
      const wide = span * between(canvas, 0.62, 0.84);
      const thick = unit * 6;
      const aside =
        between(canvas, -2.2, 2.2) * unit + canvas.sway(at * 0.045 + pile * 0.2) * unit * 0.28 * at;
      const colour =
        pile === bright && at === lit ? palette.accent : (palette.ramp[(at + pile) % 5] as string);
      const fill = canvas.gradient(
        0,
        [0, mixColours(colour, '#ffffff', 0.1)],
        [1, mixColours(colour, palette.ground, 0.3)],
      );
      const y = floor - (at + 1) * (thick + unit * 0.9);
      const bar = { x: x - wide / 2 + aside, width: wide, height: thick, rx: thick / 2 };
      const under = shape('rect', { ...bar, y: y + unit * 1.1, fill: '#000000', 'fill-opacity': '0.16' });
      return under + shape('rect', { ...bar, y, fill });
    }).join('');
  });
  const ground = canvas.gradient(
    90,
    [0, mixColours(palette.ground, palette.ramp[1], 0.6)],
    [1, palette.ground],
  );
  return shape('rect', { x: 0, y: floor, width, height: height - floor, fill: ground }) + standing.join('');
}

const LAYERS = 6;
const POINTS = 10;

/** Waves behind waves, which run to the side; a thin bright line follows one of them. */
export function waves(canvas: Canvas): string {
  const { width, height, unit, palette, turn } = canvas;
  const lit = 1 + canvas.chance.next(LAYERS - 2);
  return Array.from({ length: LAYERS }, (_, at) => {
    const [top, deep] = [height * (0.3 + 0.125 * at), unit * between(canvas, 3.5, 8)];
    const [late, bends] = [between(canvas, 0, 6.28), between(canvas, 0.8, 1.5)];
    const way = at % 2 === 0 ? turn : -turn;
    const points = Array.from({ length: POINTS + 1 }, (__, step) => {
      const across = step / POINTS;
      const high =
        Math.sin(across * 6.28 * bends + late + way) + 0.45 * Math.sin(across * 9 + late * 2 - way);
      return [across * width, top + high * deep] as const;
    });
    const colour = palette.ramp[Math.min(4, at)] as string;
    const fill = canvas.gradient(
      90,
      [0, mixColours(colour, palette.isDark ? '#ffffff' : palette.accent, 0.1)],
      [1, mixColours(colour, palette.ground, 0.45)],
    );
    const crest = smooth(points);
    const line = { d: crest, fill: 'none', stroke: palette.accent, 'stroke-width': unit * 0.9 };
    const body = shape('path', { d: `${crest}V${n(height)}H0Z`, fill });
    return at === lit ? body + shape('path', line) : body;
  }).join('');
}
