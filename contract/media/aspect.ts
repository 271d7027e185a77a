import { ORDERED_SIZE } from '../money/prices/media-price.js';
import { type Field, type Fields, type FieldValue, isNumeric, type MediaOrder } from './read-fields.js';

/** How near the shape that is ordered comes to the one that is wanted; `none` where the model can't be told. */
export type AspectFit = 'exact' | 'near' | 'none';

export interface Aspect {
  readonly input: Readonly<Record<string, unknown>>;
  readonly fit: AspectFit;
}

const SIZE_FIELDS = ['image_size', 'video_size', 'size'];
/** fal's own names of sizes. */
const NAMED_SIZE = { '16:9': 'landscape_16_9', '9:16': 'portrait_16_9' } as const;
/** Models take sizes in steps of their own, most of 8 pixels, some of 16. */
const STEP = 16;

/** Asks for a shape in the way in which the model takes it: as a ratio, as a size by name or in pixels, or by width and height. */
export function aspectInput(wanted: MediaOrder['aspectRatio'], fields: Fields): Aspect {
  const { known } = fields;
  const ratio = known.get('aspect_ratio');
  const byRatio = ratio && ratioValue(wanted, ratio);
  if (byRatio) return { input: { aspect_ratio: byRatio.value }, fit: byRatio.fit };
  for (const name of SIZE_FIELDS) {
    const field = known.get(name);
    const bySize = field && sizeValue(wanted, field);
    if (bySize) return { input: { [name]: bySize.value }, fit: bySize.fit };
  }
  const [width, height] = [known.get('width'), known.get('height')];
  if (width && height && isNumeric(width) && isNumeric(height)) {
    return { input: sizeWithin(wanted, width, height), fit: 'exact' };
  }
  return { input: {}, fit: 'none' };
}

interface Value {
  readonly value: unknown;
  readonly fit: AspectFit;
}

function ratioValue(wanted: MediaOrder['aspectRatio'], field: Field): Value | null {
  const isFree = field.open && field.types.includes('string');
  if (isFree || field.values?.includes(wanted)) return { value: wanted, fit: 'exact' };
  return nearestShape(wanted, field.values ?? []);
}

function sizeValue(wanted: MediaOrder['aspectRatio'], field: Field): Value | null {
  if (field.values?.includes(NAMED_SIZE[wanted])) return { value: NAMED_SIZE[wanted], fit: 'exact' };
  if (field.inside.includes('width') && field.inside.includes('height')) {
    return { value: sizeOf(wanted), fit: 'exact' };
  }
  return nearestShape(wanted, field.values ?? []);
}

/** The value whose shape is nearest: `16:10`, `1536x1024`, `1280*720`. Words such as `auto` have none. */
function nearestShape(wanted: MediaOrder['aspectRatio'], values: readonly FieldValue[]): Value | null {
  const goal = shapeOf(wanted)!;
  let best: { value: FieldValue; distance: number } | null = null;
  for (const value of values) {
    const shape = shapeOf(value);
    if (shape === null) continue;
    const distance = Math.abs(shape - goal);
    if (best === null || distance < best.distance) best = { value, distance };
  }
  return best && { value: best.value, fit: best.distance < 0.02 ? 'exact' : 'near' };
}

/** The logarithm of width by height, so that too wide and too high count the same. */
function shapeOf(value: FieldValue): number | null {
  const [, across, down] = /^(\d+(?:\.\d+)?)\s*[:x*×]\s*(\d+(?:\.\d+)?)$/i.exec(String(value)) ?? [];
  return Number(across) > 0 && Number(down) > 0 ? Math.log(Number(across) / Number(down)) : null;
}

/** What fal makes of its own names. */
const sizeOf = (wanted: MediaOrder['aspectRatio']): { width: number; height: number } =>
  wanted === '16:9'
    ? { width: ORDERED_SIZE.width, height: ORDERED_SIZE.height }
    : { width: ORDERED_SIZE.height, height: ORDERED_SIZE.width };

/** The usual size, made larger or smaller as a whole to fit the model's bounds. */
function sizeWithin(
  wanted: MediaOrder['aspectRatio'],
  width: Field,
  height: Field,
): { width: number; height: number } {
  const size = sizeOf(wanted);
  const grow = Math.max(1, (width.minimum ?? 0) / size.width, (height.minimum ?? 0) / size.height);
  const most = Math.min((width.maximum ?? Infinity) / size.width, (height.maximum ?? Infinity) / size.height);
  const scale = Math.min(grow, most);
  const fit = (pixels: number, field: Field): number => {
    const stepped = Math.round((pixels * scale) / STEP) * STEP;
    return Math.min(field.maximum ?? Infinity, Math.max(field.minimum ?? 1, stepped));
  };
  return { width: fit(size.width, width), height: fit(size.height, height) };
}
