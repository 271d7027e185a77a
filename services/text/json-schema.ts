import { z } from 'zod';
import type { TextQuestion } from './text.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Which bounds of lengths and counts a schema carries. */
export type Bounds = 'all' | 'counts' | 'none';

const LENGTHS = ['minLength', 'maxLength'];
const COUNTS = ['minItems', 'maxItems'];
/** What strict schemas of OpenAI don't know, beside lengths, and what says nothing to a model. */
const NEVER = ['$schema', 'default'];

const DROPPED: Readonly<Record<Bounds, readonly string[]>> = {
  all: NEVER,
  counts: [...NEVER, ...LENGTHS],
  none: [...NEVER, ...LENGTHS, ...COUNTS],
};

/**
 * A zod schema as the JSON schema that goes over the wire: every property required and none beside them, as strict
 * structured output asks for (developers.openai.com/api/docs/guides/structured-outputs, "Supported schemas": `minItems` and
 * `maxItems` are taken, `minLength` and `maxLength` are not).
 */
export function wireSchema(schema: z.ZodType, bounds: Bounds): JsonSchema {
  return strict(draft7(schema), DROPPED[bounds]) as JsonSchema;
}

/** A call needs its schema two or three times, each a millisecond of a slow core to make. */
const made = new WeakMap<z.ZodType, object>();

function draft7(schema: z.ZodType): object {
  const known = made.get(schema);
  if (known) return known;
  const json = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  made.set(schema, json);
  return json;
}

/** `properties` holds names, not keywords: a property may well be called `default`. */
function strict(node: unknown, dropped: readonly string[], isKeywords = true): unknown {
  if (Array.isArray(node)) return node.map((item) => strict(item, dropped));
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node)
    .filter(([name]) => !isKeywords || !dropped.includes(name))
    .map(([name, value]) => [name, strict(value, dropped, !isKeywords || name !== 'properties')]);
  const made = Object.fromEntries(kept) as Record<string, unknown>;
  if (!isKeywords || ![made['type']].flat().includes('object')) return made;
  return { ...made, required: Object.keys(made['properties'] ?? {}), additionalProperties: false };
}

/** What a model is told that is not held to the schema by its server. */
export const schemaWords = (schema: z.ZodType): string =>
  `Answer with one JSON object alone, without any words before or after it, that fits this JSON schema:\n${JSON.stringify(wireSchema(schema, 'all'))}`;

/** A question's instructions, with the schema in words where the server may not hold the model to it, or not show it. */
export const instructions = (
  { instructions: own, schema }: Pick<TextQuestion<unknown>, 'instructions' | 'schema'>,
  tellsSchema: boolean,
): string => (tellsSchema ? `${own}\n\n${schemaWords(schema)}` : own);
