import { between, disc, n, shape, type Canvas } from '../canvas.js';
import { mixColours } from '../palette.js';

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
