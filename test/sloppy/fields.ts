/**
 * What a model is asked to fill in, read from the request alone: from its JSON schema, or where there is none from the
 * prompt. The sloppy writer knows nothing else of Copydesk.
 */
export interface Field {
  readonly name: string;
  readonly kind: 'text' | 'flag' | 'list' | 'objects';
  /** Null is allowed. */
  readonly optional: boolean;
  readonly choices: readonly string[] | null;
  /** Of a text its characters, of a list its items. */
  readonly most: number | null;
  /** Of the objects of a list. */
  readonly fields: readonly Field[];
}

type Node = Readonly<Record<string, any>>;

/** @param schema of the request; null where it has none */
export function fieldsOf(schema: Node | null, prompt: string): Field[] {
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
      optional: one !== node,
      choices: (one['enum'] as string[] | undefined) ?? null,
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
    const [, choices] = /^one of (.+)$/.exec(words) ?? [];
    const [, most] = (isList ? /to (\d+)/ : /at most (\d+) characters/).exec(words) ?? [];
    return {
      name,
      kind: isList ? 'list' : 'text',
      optional: /\bnull\b/.test(words),
      choices: choices?.match(/\w+/g) ?? null,
      most: most === undefined ? null : Number(most),
      fields: [],
    };
  });
  const [, list] = /field "(\w+)" is a list/.exec(prompt) ?? [];
  if (list === undefined) return lines;
  return [{ name: list, kind: 'objects', optional: false, choices: null, most: null, fields: lines }];
}
