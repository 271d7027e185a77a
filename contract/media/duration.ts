import { isNumeric, type Field, type FieldValue } from './fields.js';

/** Seconds as a field has them: 6, `6` or `6s`; null for words such as `auto`. */
export function secondsOf(value: unknown): number | null {
  const [, digits] = /^(\d+(?:\.\d+)?)s?$/.exec(String(value)) ?? [];
  return digits === undefined ? null : Number(digits);
}

/**
 * The value of a duration field that is nearest to so many seconds, in the field's own form; of two that are equally near
 * the shorter, which costs less. Null where the field takes no number of seconds.
 */
export function nearestSeconds(wanted: number, field: Field): FieldValue | null {
  if (field.values !== null && !field.open) return nearest(wanted, field.values);
  if (isNumeric(field)) {
    const within = Math.max(field.minimum ?? 0, Math.min(field.maximum ?? Infinity, wanted));
    return field.types.includes('integer') ? Math.ceil(within) : within;
  }
  if (field.values !== null) return nearest(wanted, field.values);
  if (!field.types.includes('string')) return null;
  return String(field.preset ?? '').endsWith('s') ? `${wanted}s` : String(wanted);
}

function nearest(wanted: number, values: readonly FieldValue[]): FieldValue | null {
  let best: { value: FieldValue; seconds: number } | null = null;
  for (const value of values) {
    const seconds = secondsOf(value);
    if (seconds === null || seconds === 0) continue;
    const [distance, least] = [seconds, best?.seconds ?? Infinity].map((one) => Math.abs(one - wanted));
    if (distance! < least! || (distance === least && seconds < best!.seconds)) best = { value, seconds };
  }
  return best?.value ?? null;
}
