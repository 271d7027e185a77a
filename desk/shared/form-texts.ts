import type { Context } from 'hono';

/** The texts of a posted form by field; of a field that came twice the last, and none of a body that is no form. */
export async function formTexts(c: Context): Promise<Readonly<Record<string, string>>> {
  const body: Record<string, unknown> = await c.req.parseBody().catch(() => ({}));
  return Object.fromEntries(
    Object.entries(body).filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
}
