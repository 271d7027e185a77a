import { between, shape, smooth, type Canvas } from '../canvas.js';
import { mixColours } from '../palette.js';

const STRANDS = 11;
const POINTS = 6;

/** A bundle of strands that winds across and sways; one of them is bright. */
export function ribbons(canvas: Canvas): string {
  const { width, height, unit, palette } = canvas;
  const isWide = width > height;
  const [length, breadth] = isWide ? [width, height] : [height, width];
  const bends = Array.from({ length: POINTS + 1 }, () => between(canvas, -1, 1));
  const bright = 3 + canvas.chance.next(STRANDS - 6);
  const strands = Array.from({ length: STRANDS }, (_, at) => {
    const off = (at - (STRANDS - 1) / 2) * unit;
    const points = bends.map((bend, step) => {
      const along = (step / POINTS) * length * 1.2 - length * 0.1;
      // The strands open and close along the way, or it would be a flat band.
      const open = 3.6 + 2.4 * Math.sin(step * 1.4 + bend);
      const across =
        breadth * (0.5 + 0.3 * bend) + off * open + canvas.sway(step * 0.16 + at * 0.012) * unit * 6;
      return isWide ? ([along, across] as const) : ([across, along] as const);
    });
    const colour = at === bright ? palette.accent : (palette.ramp[Math.abs(4 - (at % 8)) % 5] as string);
    return shape('path', {
      ...{ d: smooth(points), fill: 'none', 'stroke-linecap': 'round' },
      stroke: mixColours(colour, palette.ground, at === bright ? 0 : 0.12),
      'stroke-width': unit * (at === bright ? 1.6 : between(canvas, 1.8, 3.4)),
    });
  });
  return strands.join('');
}
