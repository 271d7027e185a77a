type Node = Readonly<Record<string, any>>;

/**
 * What a model is asked to fill in, read from the request alone: from its JSON schema, or where there is none from the
 * prompt. The sloppy writer knows nothing else of Copydesk.
 */
export interface Field {
  readonly name: string;
  readonly kind: 'text' | 'flag' | 'list' | 'objects';
  /** Of a text its characters, of a list its items. */
  readonly most: number | null;
  /** Of the objects of a list. */
  readonly fields: readonly Field[];
}

export interface Question {
  readonly fields: readonly Field[];
  readonly prompt: string;
  /** Why a server that knows only plain text does not take it; null where it does. */
  readonly refusal: string | null;
}

/** What a request of either API asks. @param plainOnly the server knows neither formats nor newer parameters */
export function readQuestion(body: Node, plainOnly: boolean): Question {
  const format = body['response_format'] ?? body['text']?.format ?? null;
  const schema = (format?.json_schema?.schema ?? format?.schema ?? null) as Node | null;
  const messages: readonly Node[] = Array.isArray(body['messages']) ? body['messages'] : [];
  const said = [body['instructions'], ...messages.map(({ content }) => content), inputOf(body['input'])];
  const prompt = said.filter((part) => typeof part === 'string').join('\n\n');
  return { fields: fieldsOf(schema, prompt), prompt, refusal: plainOnly ? refusalOf(body, format) : null };
}

const inputOf = (input: unknown): string =>
  Array.isArray(input)
    ? input.map((one: Node) => JSON.stringify(one['content'])).join('\n')
    : String(input ?? '');

function refusalOf(body: Node, format: Node | null): string | null {
  if ('max_completion_tokens' in body) return 'unknown parameter: max_completion_tokens';
  if (format && format['type'] !== 'text')
    return `response_format: type '${format['type']}' is not supported`;
  return null;
}

/** @param schema of the request; null where it has none */
function fieldsOf(schema: Node | null, prompt: string): Field[] {
  const told = schema ?? schemaIn(prompt);
  return told ? fieldsOfSchema(told) : fieldsOfPrompt(prompt);
}

const fieldsOfSchema = ({ properties = {} }: Node): Field[] =>
  Object.entries(properties as Record<string, Node>).map(([name, node]) => {
    const one = (node['anyOf'] as Node[] | undefined)?.find(({ type }) => type !== 'null') ?? node;
    const items = one['items'] as Node | undefined;
    return {
      name,
      kind: kindOf(one, items),
      most: (one['maxItems'] ?? one['maxLength'] ?? null) as number | null,
      fields: items?.['type'] === 'object' ? fieldsOfSchema(items) : [],
    };
  });

function kindOf({ type }: Node, items: Node | undefined): Field['kind'] {
  if (type === 'boolean') return 'flag';
  return type !== 'array' ? 'text' : items?.['type'] === 'object' ? 'objects' : 'list';
}

/** A schema that the prompt quotes on a line of its own. */
function schemaIn(prompt: string): Node | null {
  const line = prompt.split('\n').find((one) => one.startsWith('{') && one.includes('"properties"'));
  return line === undefined ? null : (JSON.parse(line) as Node);
}

/** A line `- "name": what it is` for each field, in a list of objects where the prompt speaks of one. */
function fieldsOfPrompt(prompt: string): Field[] {
  const lines = [...prompt.matchAll(/^- "(\w+)": (.+)$/gm)].map(([, name = '', words = '']): Field => {
    const isList = /^a list/.test(words);
    const [, most] = (isList ? /to (\d+)/ : /at most (\d+) characters/).exec(words) ?? [];
    return {
      name,
      kind: isList ? 'list' : 'text',
      most: most === undefined ? null : Number(most),
      fields: [],
    };
  });
  const [, list] = /field "(\w+)" is a list/.exec(prompt) ?? [];
  if (list === undefined) return lines;
  return [{ name: list, kind: 'objects', most: null, fields: lines }];
}
