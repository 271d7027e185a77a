import { z } from 'zod';

/** Holds a model's text against the schema it was asked to fill. A misfit is an outcome with its reason, not an error. */
export function judge<T>(
  schema: z.ZodType<T>,
  text: string,
): { outcome: 'ok'; value: T } | { outcome: 'malformed'; detail: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { outcome: 'malformed', detail: `not JSON: ${text.slice(0, 80)}` };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { outcome: 'ok', value: parsed.data };
  return { outcome: 'malformed', detail: z.prettifyError(parsed.error).slice(0, 1_000) };
}
