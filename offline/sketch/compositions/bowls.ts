import { between, disc, n, shape, type Canvas } from '../canvas.js';
import { mixColours } from '../palette.js';

/** Half discs standing in a row like bowls, with discs above them; the bowls rock and the discs rise and sink. */
export function bowls(canvas: Canvas): string {
  const { width, height, unit, palette } = canvas;
  const isWide = width > height;
  const count = isWide ? 3 : 1;
  const floor = height * (isWide ? 0.84 : 0.76);
  const bright = canvas.chance.next(count);
  const row = Array.from({ length: count }, (_, at) => {
    const r = (width / (count * 2 + (isWide ? 0.8 : 0.4))) * between(canvas, 0.74, 0.98);
    const x = (width / count) * (at + 0.5) + between(canvas, -2, 2) * unit;
    const colour = palette.ramp[4 - (at % 3)] as string;
    const fill = canvas.gradient(
      100,
      [0, mixColours(colour, '#ffffff', 0.12)],
      [1, mixColours(colour, palette.ground, 0.45)],
    );
    const rim = floor - r;
    const turn = `rotate(${n(canvas.sway(at * 0.17) * 5)} ${n(x)} ${n(floor)})`;
    const bowl = shape('path', {
      d: `M${n(x - r)} ${n(rim)}H${n(x + r)}A${n(r)} ${n(r)} 0 0 1 ${n(x - r)} ${n(rim)}Z`,
      ...{ fill, transform: turn },
    });
    const size = r * between(canvas, 0.45, 0.7);
    const above = rim - size * between(canvas, 0.1, 0.9) - unit * 3 - canvas.sway(at * 0.21 + 0.1) * unit * 4;
    const one = at === bright ? palette.accent : (palette.ramp[(at + 1) % 5] as string);
    const round = canvas.gradient(
      70,
      [0, mixColours(one, '#ffffff', 0.18)],
      [1, mixColours(one, palette.ground, 0.15)],
    );
    const shadow = canvas.glow([0, '#000000', palette.isDark ? 0.5 : 0.28], [1, '#000000', 0]);
    const under = shape('ellipse', {
      cx: x + r * 0.12,
      cy: floor,
      rx: r * 0.95,
      ry: unit * 3.2,
      fill: shadow,
    });
    return under + disc(x + between(canvas, -0.3, 0.3) * r, above, size, round) + bowl;
  });
  const table = canvas.gradient(
    90,
    [0, mixColours(palette.ground, palette.ramp[2], 0.5)],
    [1, mixColours(palette.ground, palette.ramp[0], 0.7)],
  );
  return shape('rect', { x: 0, y: floor, width, height: height - floor, fill: table }) + row.join('');
}
