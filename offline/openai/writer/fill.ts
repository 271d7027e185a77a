import type { Chance } from '../../seed.js';
import { resolved, typesOf, type OutputSchema } from '../question.js';
import { plainName } from './facts.js';
import { fit } from './fit.js';

/** What the walk knows: values by plain field name, and the ids of posts that the prompt offers to cite. */
export interface Known {
  readonly values: ReadonlyMap<string, unknown>;
  readonly ids: readonly string[];
  readonly chance: Chance;
}

const DEEPEST = 8;
const IS_ID = /^(posts?|postids?|ids?|cited?|citations?|sources?|references?)$/;

export const knownValues = (values: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(values).map(([name, value]) => [plainName(name), value]));

/** A value that a schema accepts: what is known of a field by its name, else something that fits. */
export function fill(schema: OutputSchema, root: OutputSchema, known: Known, name = '', depth = 0): unknown {
  const one = resolved(schema, root);
  if (one.const !== undefined) return one.const;
  const value = known.values.get(plainName(name));
  if (value !== undefined && accepts(one, root, value)) return value;
  if (one.enum) return known.chance.pick(one.enum);
  const types = typesOf(one, root);
  const branches = [...(one.anyOf ?? []), ...(one.oneOf ?? [])];
  // Deep down a recursive schema must come to an end.
  if (types.includes('null') && (depth >= DEEPEST || value === null)) return null;
  if (branches.length > 0) {
    const real = branches.find((branch) => !typesOf(branch, root).includes('null')) ?? branches[0];
    return fill(real as OutputSchema, root, known, name, depth + 1);
  }
  const type = types.find((each) => each !== 'null') ?? 'object';
  if (type === 'object') {
    const fields = Object.entries(one.properties ?? {});
    return Object.fromEntries(
      fields.map(([field, each]) => [field, fill(each, root, known, field, depth + 1)]),
    );
  }
  if (type === 'array') return items(one, root, known, name, depth);
  if (type === 'boolean') return false;
  if (type === 'number' || type === 'integer') return one.minimum ?? Math.min(1, one.maximum ?? 1);
  return text(one, known, name);
}

function items(
  schema: OutputSchema,
  root: OutputSchema,
  known: Known,
  name: string,
  depth: number,
): unknown[] {
  const each = schema.items ?? { type: 'string' };
  const least = depth >= DEEPEST ? (schema.minItems ?? 0) : Math.max(schema.minItems ?? 0, 1);
  if (IS_ID.test(plainName(name))) {
    const cited = known.ids.slice(0, Math.max(schema.minItems ?? 0, Math.min(2, schema.maxItems ?? 2)));
    return cited.map((id) => {
      const isText = typesOf(each, root).includes('string');
      return isText ? id : fill(each, root, { ...known, ids: [id] }, name, depth + 1);
    });
  }
  return Array.from({ length: Math.min(least, schema.maxItems ?? least) }, () =>
    fill(each, root, known, name, depth + 1),
  );
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-11-24T09:00:00Z',
  date: '2026-11-24',
  time: '09:00:00Z',
  duration: 'PT1H',
  email: 'sample@example.com',
  hostname: 'example.com',
  uri: 'https://example.com/',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uuid: '00000000-0000-4000-8000-000000000000',
};

function text(schema: OutputSchema, known: Known, name: string): string {
  if (schema.format && FORMATS[schema.format]) return FORMATS[schema.format] as string;
  if (IS_ID.test(plainName(name)) && known.ids[0]) return known.ids[0];
  const words = ['Sample text will stand here.', 'sample', '#sample', '1', known.ids[0] ?? 'a1'];
  const pattern = schema.pattern === undefined ? null : new RegExp(schema.pattern, 'u');
  const fitting = pattern ? (words.find((word) => pattern.test(word)) ?? 'sample') : (words[0] as string);
  return fit(fitting, schema.maxLength ?? Infinity).padEnd(schema.minLength ?? 0, '.');
}

function accepts(schema: OutputSchema, root: OutputSchema, value: unknown): boolean {
  if (schema.enum) return schema.enum.includes(value);
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const types = typesOf(schema, root);
  return types.includes(type) || (type === 'number' && Number.isInteger(value) && types.includes('integer'));
}
