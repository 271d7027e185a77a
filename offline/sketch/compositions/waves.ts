import { between, n, shape, smooth, type Canvas } from '../canvas.js';
import { mixColours } from '../palette.js';

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
