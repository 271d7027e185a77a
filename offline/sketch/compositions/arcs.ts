import { between, disc, shape, type Canvas } from '../canvas.js';
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
      ...{ cx, cy, r, fill: 'none' },
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
