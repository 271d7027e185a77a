import { between, disc, shape, type Canvas, n, smooth } from '../canvas.js';
import { mixColours } from '../palette.js';

const RINGS = 7;

/** Broken rings around a disc, which turn against each other. */
export function arcs(canvas: Canvas): string {
  const { width, height, unit, palette } = canvas;
  const [cx, cy] = [width * between(canvas, 0.36, 0.64), height * between(canvas, 0.4, 0.6)];
  const bright = 1 + canvas.chance.next(RINGS - 3);
  const rings = Array.from({ length: RINGS }, (_, at) => {
    const r = unit * (17 + at * 8.6);
    const round = 2 * Math.PI * r;
    const drawn = round * between(canvas, 0.3, 0.8) * (at === bright ? 0.45 : 1);
    const angle = between(canvas, 0, 360) + canvas.sway(at * 0.09) * (at % 2 === 0 ? 22 : -22);
    return shape('circle', {
      cx,
      cy,
      r,
      fill: 'none',
      stroke: at === bright ? palette.accent : (palette.ramp[(RINGS - at + 1) % 5] as string),
      'stroke-width': unit * between(canvas, 2.6, 6.4),
      'stroke-linecap': 'round',
      'stroke-dasharray': `${Math.round(drawn)} ${Math.round(round - drawn)}`,
      'stroke-opacity': (1 - at * 0.07).toFixed(2),
      transform: `rotate(${angle.toFixed(2)} ${cx.toFixed(1)} ${cy.toFixed(1)})`,
    });
  });
  const last = palette.ramp[4];
  const core = canvas.gradient(
    70,
    [0, mixColours(last, '#ffffff', 0.2)],
    [1, mixColours(last, palette.ground, 0.35)],
  );
  return rings.join('') + disc(cx, cy, unit * (9.5 + canvas.sway(0.25) * 0.8), core);
}

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
      fill,
      transform: turn,
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

const ACROSS = 5;

/** A grid of discs, quarters and halves, over which a light passes. */
export function tiles(canvas: Canvas): string {
  const { width, height } = canvas;
  const side = Math.min(width, height) / ACROSS;
  const [columns, rows] = [Math.ceil(width / side), Math.ceil(height / side)];
  const [left, top] = [(width - columns * side) / 2, (height - rows * side) / 2];
  const cells = columns * rows;
  const bright = new Set(canvas.chance.shuffle(Array.from({ length: cells }, (_, at) => at)).slice(0, 3));
  return Array.from({ length: cells }, (_, at) => {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    return tile(canvas, left + column * side, top + row * side, side, {
      isBright: bright.has(at),
      late: (column + row) * 0.07,
    });
  }).join('');
}

function tile(
  canvas: Canvas,
  x: number,
  y: number,
  side: number,
  { isBright, late }: { readonly isBright: boolean; readonly late: number },
): string {
  const { palette, chance } = canvas;
  const [kind, colour, turned] = [
    chance.next(5),
    palette.ramp[chance.next(5)] as string,
    chance.next(4) * 90,
  ];
  const base = mixColours(palette.ground, palette.ramp[chance.next(3)] as string, 0.55);
  const lit = mixColours(isBright ? palette.accent : colour, '#ffffff', Math.max(0, canvas.sway(late)) * 0.1);
  const fill = mixColours(lit, palette.ground, Math.max(0, -canvas.sway(late)) * 0.14);
  const [cx, cy] = [x + side / 2, y + side / 2];
  const ground = shape('rect', { x, y, width: side + 0.5, height: side + 0.5, fill: base });
  const turn = `rotate(${n(turned + canvas.sway(late) * 14)} ${n(cx)} ${n(cy)})`;
  if (isBright || kind === 0) return ground + disc(cx, cy, side * (isBright ? 0.32 : 0.42), fill);
  if (kind === 1)
    return ground + disc(cx, cy, side * 0.42, fill) + disc(cx, cy, side * between(canvas, 0.12, 0.22), base);
  const r = side * (kind === 2 ? 0.42 : 0.86);
  const d =
    kind === 2
      ? `M${n(cx - r)} ${n(cy)}A${n(r)} ${n(r)} 0 0 1 ${n(cx + r)} ${n(cy)}Z`
      : `M${n(cx - r / 2)} ${n(cy - r / 2)}H${n(cx + r / 2)}A${n(r)} ${n(r)} 0 0 1 ${n(cx - r / 2)} ${n(cy + r / 2)}Z`;
  return kind === 4 ? ground : ground + shape('path', { d, fill, transform: turn });
}
