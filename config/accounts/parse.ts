import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Account } from '../../contract/account.js';
import { explain } from './explain.js';
import type { Problem } from './problem.js';
import { accountFile, toAccount } from './schema.js';
import { shortened } from '../setting-values.js';
import { MOST_ALIASES, yamlExcess } from './yaml-bounds.js';

/** As many as a person mends at once. */
const MOST_PROBLEMS = 50;

export interface Parsed {
  /** Null when there is any problem. */
  readonly account: Account | null;
  readonly problems: readonly Problem[];
  /** The line of a key; of one that is left out, the line where the map that lacks it begins. */
  readonly lineOf: (path: readonly string[]) => number;
}

/** A problem whose words are looked for only when it is among the first: what a wrong key was meant to be takes time. */
type Found = Omit<Problem, 'message'> & { readonly message: string | (() => string) };

/**
 * Reads an account from the text of its file. Its problems are found at once, in the order of the lines: the first 50, and
 * one more that counts the rest.
 */
export function parseAccount(handle: string, text: string): Parsed {
  const excess = yamlExcess(text);
  if (excess) return failed([{ line: lineAt(text, excess.offset), field: 'file', message: excess.message }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    return failed(
      broken.map((error) => ({
        line: at(error.pos[0]),
        field: 'file',
        message: `is not valid YAML: ${oneLine(error.message)}`,
      })),
    );
  }
  const refused = refusedNodes(document, at);
  if (refused.length > 0) return failed(refused);
  if (document.contents === null) return failed([{ line: 1, field: 'file', message: 'is empty' }]);
  if (!isMap(document.contents)) {
    return failed([{ line: 1, field: 'file', message: 'is not a map of keys such as name and voice' }]);
  }

  const data = plainData(document);
  if (data === null)
    return failed([
      {
        line: 1,
        field: 'file',
        message: 'has aliases that stand for too much, or one inside its own anchor',
      },
    ]);
  const result = accountFile.safeParse(data, { reportInput: true });
  if (result.success) {
    const lineOf = (path: readonly string[]): number => at(offsetOf(document, path));
    return { account: toAccount(handle, result.data), problems: [], lineOf };
  }
  return failed(
    result.error.issues.flatMap(explain).map(({ path, message }) => ({
      line: at(offsetOf(document, path)),
      field: path.map((key) => shortened(String(key))).join('.') || 'file',
      message,
    })),
  );
}

function failed(problems: readonly Found[]): Parsed {
  const inOrder = problems.toSorted((a, b) => a.line - b.line);
  const more = inOrder.length - MOST_PROBLEMS;
  const first = inOrder.slice(0, MOST_PROBLEMS).map(({ message, ...place }) => ({
    ...place,
    message: typeof message === 'string' ? message : message(),
  }));
  const rest = {
    line: inOrder[MOST_PROBLEMS]?.line ?? 1,
    field: 'file',
    message: `and ${more} more problems`,
  };
  return { account: null, problems: more > 0 ? [...first, rest] : first, lineOf: () => 1 };
}

/** What YAML allows and an account file does not: an alias of nothing, and the key that JavaScript keeps for itself. */
function refusedNodes(document: Document, at: (offset: number) => number): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      const source = shortened(alias.source);
      const message = `is not valid YAML: no anchor &${source} stands before *${source}`;
      problems.push({ line: at(alias.range?.[0] ?? 0), field: 'file', message });
    },
    Pair(_, { key }) {
      if (!isScalar(key) || key.value !== '__proto__') return;
      problems.push({
        line: at(key.range?.[0] ?? 0),
        field: '__proto__',
        message: 'is not allowed as a key',
      });
    },
  });
  return problems;
}

/** Null for aliases of aliases that grow beyond all bounds, and for one inside its own anchor, which has no plain form. */
function plainData(document: Document): unknown {
  try {
    const data: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    JSON.stringify(data);
    return data;
  } catch {
    return null;
  }
}

/** The pairs of a map by their key, for each map once. */
const pairsOf = new WeakMap<YAMLMap, Map<string, Pair>>();

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  let pairs = pairsOf.get(map);
  if (!pairs) {
    pairs = new Map(
      map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair]] : [])),
    );
    pairsOf.set(map, pairs);
  }
  return pairs.get(key);
}

/** Where a key stands; for a missing one, where the map that lacks it begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const segment of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = pairOf(node, String(segment));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

const oneLine = (text: string): string => text.slice(0, 300).replace(/\s+/g, ' ').trim();

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
