import { z } from 'zod';
import { accountFile } from './schema.js';
import { nearest } from '../nearest.js';
import { shortened } from '../setting-values.js';

interface ShapeNode {
  readonly properties?: Readonly<Record<string, ShapeNode>>;
  readonly additionalProperties?: ShapeNode | boolean;
  readonly items?: ShapeNode;
}

let made: ShapeNode | undefined;

/** The shape of an account file as JSON Schema, of what a person writes (before defaults). It takes long to make. */
const shape = (): ShapeNode =>
  (made ??= z.toJSONSchema(accountFile, { io: 'input', unrepresentable: 'any' }) as ShapeNode);

/** The keys that are allowed at a place in an account file; a planner's name counts as a key of any name. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let node: ShapeNode | undefined = shape();
  for (const key of path) {
    const named: ShapeNode | undefined = node?.properties?.[String(key)];
    const other: ShapeNode | boolean | undefined = node?.additionalProperties;
    node = named ?? node?.items ?? (typeof other === 'object' ? other : undefined);
  }
  return Object.keys(node?.properties ?? {});
}

/** Every key of an account file in dotted form, `planners.<name>.covers` for those under a free name. */
export function allKeys(node: ShapeNode = shape(), prefix = ''): string[] {
  const named = Object.entries(node.properties ?? {});
  const free: [string, ShapeNode][] =
    typeof node.additionalProperties === 'object' ? [['<name>', node.additionalProperties]] : [];
  return [...named, ...free].flatMap(([key, child]) => {
    const inner = allKeys(child, `${prefix}${key}.`);
    return inner.length > 0 ? inner : [`${prefix}${key}`];
  });
}

const NAMED = 10;

/** What somebody may have meant who named an account that there is not. */
export function accountHint(handle: string, known: readonly string[]): string {
  const meant = nearest(handle, known);
  if (meant) return `did you mean ${meant}?`;
  if (known.length === 0) return 'there is no account yet';
  return `known: ${known.slice(0, NAMED).join(', ')}${known.length > NAMED ? ', …' : ''}`;
}

/** An issue at one place of the file; an unknown key's place is the key itself. */
export interface PlacedIssue {
  readonly path: readonly PropertyKey[];
  readonly message: () => string;
}

/** A schema's issue as what a person can act on: the value found and what is allowed there. */
export function explain(issue: z.core.$ZodIssue): PlacedIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: () => unknownKey(key, issue.path),
    }));
  }
  if (issue.code === 'invalid_key') {
    const key = shortened(String(issue.path.at(-1)));
    return [{ path: issue.path, message: () => `'${key}' ${issue.issues[0]?.message}` }];
  }
  return [{ path: issue.path, message: () => sentence(issue) }];
}

function unknownKey(key: string, path: readonly PropertyKey[]): string {
  const known = keysAt(path);
  const meant = nearest(key, known);
  return meant ? `unknown key; did you mean ${meant}?` : `unknown key; known here: ${known.join(', ')}`;
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.input === undefined) return 'is missing';
  const got = shown(issue.input);
  switch (issue.code) {
    case 'invalid_type':
      return `${got} is not ${KIND[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return issue.origin === 'string'
        ? 'is empty'
        : `${got} is less than the ${issue.minimum} ${issue.origin === 'array' ? 'needed' : 'allowed'}`;
    case 'too_big': {
      const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : '';
      const size = Array.isArray(issue.input) ? issue.input.length : String(issue.input).trim().length;
      return `${unit === '' ? got : `${size}${unit}`} is more than the ${issue.maximum} allowed`;
    }
    case 'invalid_value':
      return `${got} is not one of ${issue.values.join(', ')}`;
    default:
      return /^(?:must|is) /.test(issue.message) && isScalar(issue.input)
        ? `${got} ${issue.message}`
        : issue.message;
  }
}

const KIND: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map of keys',
  record: 'a map of names',
  array: 'a list',
};

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object';

function shown(value: unknown): string {
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  return `'${shortened(String(value))}'`;
}
