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

/** What was asked, whichever of the two APIs it came by. */
export interface AskedPrompt {
  readonly api: 'responses' | 'chat';
  readonly model: string;
  /** Instructions and input, joined. */
  readonly prompt: string;
  readonly schemaName: string | null;
  readonly schema: OutputSchema | null;
  readonly maxOutputTokens: number | null;
  /** The tier it will be served at. */
  readonly tier: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A body the API would refuse. */
export class RefusedBody extends Error {
  override name = 'BadRequest' as const;
  readonly param: string;
  constructor(param: string, message: string) {
    super(message);
    this.param = param;
  }
}

interface Format {
  readonly type?: string;
  readonly name?: string;
  readonly schema?: OutputSchema;
}

/** Reads the body of `POST /responses`. @throws BadRequest */
export function readResponses(body: Record<string, unknown>): AskedPrompt {
  if (body.input === undefined) throw new RefusedBody('input', "Missing required parameter: 'input'.");
  const format = (body.text as { format?: Format } | undefined)?.format;
  return question('responses', body, [body.instructions, body.input], format, body.max_output_tokens);
}

/** Reads the body of `POST /chat/completions`. @throws BadRequest */
export function readChat(body: Record<string, unknown>): AskedPrompt {
  if (!Array.isArray(body.messages))
    throw new RefusedBody('messages', "Missing required parameter: 'messages'.");
  const asked = body.response_format as { type?: string; json_schema?: Format } | undefined;
  const format = asked?.type === 'json_schema' ? { ...asked.json_schema, type: 'json_schema' } : undefined;
  return question('chat', body, [body.messages], format, body.max_completion_tokens ?? body.max_tokens);
}

function question(
  api: AskedPrompt['api'],
  body: Record<string, unknown>,
  parts: unknown[],
  format: Format | undefined,
  limit: unknown,
): AskedPrompt {
  if (typeof body.model !== 'string') throw new RefusedBody('model', "Missing required parameter: 'model'.");
  if (body.stream === true) throw new RefusedBody('stream', 'This stand-in does not stream.');
  const isJson = format?.type === 'json_schema';
  if (isJson && format.schema?.type !== 'object') {
    const where = api === 'chat' ? 'response_format' : 'text.format.schema';
    throw new RefusedBody(
      where,
      `Invalid schema for response_format '${format.name}': schema must be of type "object".`,
    );
  }
  return {
    api,
    model: body.model,
    prompt: parts.flatMap(textsIn).join('\n\n'),
    schemaName: isJson ? (format.name ?? null) : null,
    schema: isJson ? (format.schema ?? null) : null,
    maxOutputTokens: typeof limit === 'number' ? limit : null,
    tier: body.service_tier === 'flex' || body.service_tier === 'priority' ? body.service_tier : 'default',
    body,
  };
}

/** Every text in an input: a string, messages, or content parts. */
function textsIn(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (Array.isArray(part)) return part.flatMap(textsIn);
  if (typeof part !== 'object' || part === null) return [];
  const { content, text } = part as { content?: unknown; text?: unknown };
  return [...textsIn(content), ...textsIn(text)];
}
