import { z } from 'zod';

/**
 * Fields of what a model writes. Their lengths and counts stand in the JSON schema, for servers that hold a model to them; what
 * comes back is taken as it is, since the rules behind it say more than "too long", and all at once.
 */

/** Text. Nothing is empty text, a number is its digits, a list its paragraphs. */
export const lenientText = (description: string, maxLength: number): z.ZodType<string> =>
  z.preprocess(asText, z.string().meta({ description, minLength: 1, maxLength }));

/** Text or null, and null for the words that models write in its place. */
export const maybeText = (description: string, maxLength: number): z.ZodType<string | null> =>
  z.preprocess(
    (value) => (saysNothing(asText(value)) ? null : asText(value)),
    z.string().nullable().meta({ description, minLength: 1, maxLength }),
  );

const saysNothing = (written: string): boolean =>
  /^(?:(?:null|none|nil|n\/a|-+)[\s.]*|[\s.]*)$/i.test(written.trimStart());

/** A list of texts; also one text of them all, which the rules take apart. */
export const texts = (
  description: string,
  bounds: { readonly minItems: number; readonly maxItems: number; readonly maxLength: number },
): z.ZodType<string[]> => {
  const { maxLength, ...items } = bounds;
  const each = z.preprocess(asText, z.string().meta({ minLength: 1, maxLength }));
  return z.preprocess(asList, z.array(each).meta({ description, ...items }));
};

function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join('\n\n');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function asList(value: unknown): unknown {
  // One with signs between its words is taken apart by the rules; of "ai llm" only the spaces are left to go by.
  if (typeof value === 'string') return /[#,;\n]/.test(value) ? [value] : value.split(/\s+/).filter(Boolean);
  return value ?? [];
}
