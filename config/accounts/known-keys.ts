import { z } from 'zod';
import { accountFile } from './schema.js';

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
export function keysAt(path: readonly PropertyKey[]): string[] {
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
