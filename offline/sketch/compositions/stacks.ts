import { between, shape, type Canvas } from '../canvas.js';
import { mixColours } from '../palette.js';

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
