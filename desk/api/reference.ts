/** The HTTP API for a person to read, out of its OpenAPI document. */

/** A JSON Schema, as far as ours go. */
export interface ReferenceSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly ReferenceSchema[];
  readonly oneOf?: readonly ReferenceSchema[];
  readonly properties?: Readonly<Record<string, ReferenceSchema>>;
  readonly required?: readonly string[];
  readonly items?: ReferenceSchema;
  readonly additionalProperties?: ReferenceSchema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
  readonly description?: string;
}

/** By the name that a `$ref` ends with. */
export type NamedSchemas = Readonly<Record<string, ReferenceSchema>>;

/** A field of what is sent or answered. */
interface ReferenceField {
  readonly name: string;
  /** What it holds, in few words: `text of at most 300 characters`. */
  readonly kind: string;
  readonly required: boolean;
  readonly description: string;
}

/** A choice of bodies is several lists, each under the word that chooses it; else there is one list without a title. */
export interface FieldList {
  readonly title: string | null;
  readonly fields: readonly ReferenceField[];
}

/** What a schema's object holds. */
export function fieldLists(schema: ReferenceSchema, named: NamedSchemas): FieldList[] {
  const known = resolved(schema, named);
  const choices = known.oneOf ?? known.anyOf;
  if (choices) return choices.flatMap((choice) => titled(choice, named));
  return [{ title: null, fields: fieldsOf(known) }];
}

function titled(schema: ReferenceSchema, named: NamedSchemas): FieldList[] {
  const choice = Object.values(schema.properties ?? {}).find((value) => value.const !== undefined);
  const title = choice ? String(choice.const) : nameOf(schema);
  return fieldLists(schema, named).map((list) => ({ ...list, title }));
}

function fieldsOf({ properties = {}, required = [] }: ReferenceSchema): ReferenceField[] {
  return Object.entries(properties).map(([name, value]) => ({
    name,
    kind: nameKind(value),
    required: required.includes(name),
    description: value.description ?? '',
  }));
}

/** The keys of an answer, `{ posts, next }`, or the name of its document. */
export function outline(schema: ReferenceSchema): string {
  if (schema.anyOf) return schema.anyOf.map(outline).join(' or ');
  if (schema.$ref) return nameOf(schema) ?? '';
  const keys = Object.keys(schema.properties ?? {});
  return keys.length > 0 ? `{ ${keys.join(', ')} }` : nameKind(schema);
}

const nameOf = ({ $ref }: ReferenceSchema): string | null => $ref?.split('/').at(-1) ?? null;

const resolved = (schema: ReferenceSchema, named: NamedSchemas): ReferenceSchema =>
  named[nameOf(schema) ?? ''] ?? schema;

/** What a value is, in words. */
function nameKind(schema: ReferenceSchema): string {
  const { type, anyOf, items, additionalProperties, maxLength } = schema;
  const name = nameOf(schema);
  if (name !== null) return name;
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum)
    return schema.enum.map((value) => (value === null ? 'null' : `\`${String(value)}\``)).join(' · ');
  if (anyOf) return anyOf.map(nameKind).join(' or ');
  if (Array.isArray(type)) return type.map((one: string) => nameKind({ ...schema, type: one })).join(' or ');
  switch (type) {
    case 'string':
      return maxLength === undefined ? 'text' : `text of at most ${figure(maxLength)} characters`;
    case 'integer':
    case 'number':
      return `${type === 'integer' ? 'whole number' : 'number'}${rangeWords(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return items?.properties ? `list of ${outline(items)}` : `list of ${nameKind(items ?? {})}`;
    case 'object':
      return typeof additionalProperties === 'object' || !schema.properties ? 'map' : outline(schema);
    default:
      return String(type ?? 'anything');
  }
}

/** JSON numbers end at 2^53, which says nothing. */
function rangeWords({ minimum, maximum }: ReferenceSchema): string {
  const [least, most] = [minimum, maximum].map((limit) =>
    limit === undefined || Math.abs(limit) >= Number.MAX_SAFE_INTEGER ? undefined : limit,
  );
  if (least !== undefined && most !== undefined) return ` from ${figure(least)} to ${figure(most)}`;
  if (least !== undefined) return ` of ${figure(least)} or more`;
  return most === undefined ? '' : ` of at most ${figure(most)}`;
}

const figure = (value: number): string => value.toLocaleString('en-US');
