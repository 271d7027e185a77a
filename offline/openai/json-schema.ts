/** As much of JSON Schema as structured output takes. */
export interface OutputSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, OutputSchema>>;
  readonly items?: OutputSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly OutputSchema[];
  readonly oneOf?: readonly OutputSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, OutputSchema>>;
  readonly definitions?: Readonly<Record<string, OutputSchema>>;
}

/** The schema that a `$ref` inside `root` stands for; the schema itself when it is none. */
export function resolved(schema: OutputSchema, root: OutputSchema): OutputSchema {
  if (schema.$ref === undefined) return schema;
  const path = schema.$ref.replace(/^#\/?/, '').split('/').filter(Boolean);
  let at: unknown = root;
  for (const step of path) at = (at as Record<string, unknown> | undefined)?.[step];
  return (at as OutputSchema | undefined) ?? {};
}

/** The types a schema allows, through its `anyOf` and `oneOf`. */
export function typesOf(schema: OutputSchema, root: OutputSchema): string[] {
  const one = resolved(schema, root);
  const within = [...(one.anyOf ?? []), ...(one.oneOf ?? [])].flatMap((each) => typesOf(each, root));
  return [...(one.type === undefined ? [] : [one.type].flat()), ...within] as string[];
}
