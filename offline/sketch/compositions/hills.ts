import { between, disc, n, shape, smooth, type Canvas } from '../canvas.js';
import { mixColours } from '../palette.js';

const LAYERS = 5;
const POINTS = 8;

/** A disc that rises a little over hills; the near ones move further than those behind. */
export function hills(canvas: Canvas): string {
  const { width, height, unit, palette } = canvas;
  const [x, y] = [width * between(canvas, 0.3, 0.7), height * 0.4 - canvas.sway() * unit * 5];
  const radius = unit * between(canvas, 15, 21);
  const halo = canvas.glow([0, palette.accent, 0.5], [1, palette.accent, 0]);
  const face = canvas.gradient(90, [0, mixColours(palette.accent, '#ffffff', 0.25)], [1, palette.accent]);
  const far = Array.from({ length: LAYERS }, (_, at) => {
    const [top, rough] = [height * (0.46 + 0.115 * at), unit * between(canvas, 5, 9)];
    const aside = canvas.sway(0.1) * unit * (1.2 + at * 1.6);
    const margin = unit * 26;
    const points = Array.from({ length: POINTS + 1 }, (__, step) => {
      const across = (step / POINTS) * (width + 2 * margin) - margin + aside;
      return [across, top + between(canvas, -1, 1) * rough] as const;
    });
    const colour = palette.ramp[at] as string;
    const fill = canvas.gradient(90, [0, colour], [1, mixColours(colour, palette.ground, 0.5)]);
    return shape('path', { d: `${smooth(points)}V${n(height)}H${n(-margin)}Z`, fill });
  });
  return disc(x, y, radius * 2.4, halo) + disc(x, y, radius, face) + far.join('');
}
