import { between, disc, n, shape, type Canvas } from '../canvas.js';
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
