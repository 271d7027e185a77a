import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node } from 'yaml';
import type { Account } from '../../contract/account.js';
import { explain } from './explain.js';
import type { Problem } from './problem.js';
import { accountFile, toAccount } from './schema.js';

/** More than a person writes; an alias bomb stops here. */
const MAX_ALIASES = 50;

export interface Parsed {
  /** Null when there is any problem. */
  readonly account: Account | null;
  readonly problems: readonly Problem[];
  /** The line of a key; of one that is left out, the line where the map that lacks it begins. */
  readonly lineOf: (path: readonly string[]) => number;
}

/** Reads an account from the text of its file. Every problem is found at once, in the order of the lines. */
export function parseAccount(handle: string, text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const broken = [...document.errors, ...document.warnings].map((error) => ({
    line: at(error.pos[0]),
    field: 'file',
    message: `is not valid YAML: ${oneLine(error.message)}`,
  }));
  if (broken.length > 0) return failed(broken);
  const refused = refusedNodes(document, at);
  if (refused.length > 0) return failed(refused);
  if (document.contents === null) return failed([{ line: 1, field: 'file', message: 'is empty' }]);
  if (!isMap(document.contents)) {
    return failed([{ line: 1, field: 'file', message: 'is not a map of keys such as name and voice' }]);
  }

  const data = plainData(document);
  if (data === null)
    return failed([{ line: 1, field: 'file', message: 'has an alias inside its own anchor' }]);
  const result = accountFile.safeParse(data, { reportInput: true });
  if (result.success) {
    const lineOf = (path: readonly string[]): number => at(offsetOf(document, path));
    return { account: toAccount(handle, result.data), problems: [], lineOf };
  }
  return failed(
    result.error.issues.flatMap(explain).map(({ path, message }) => ({
      line: at(offsetOf(document, path)),
      field: path.map(String).join('.') || 'file',
      message,
    })),
  );
}

const failed = (problems: readonly Problem[]): Parsed => ({
  account: null,
  problems: problems.toSorted((a, b) => a.line - b.line),
  lineOf: () => 1,
});

/** What YAML allows and an account file does not: too many aliases, and the key that JavaScript keeps for itself. */
function refusedNodes(document: Document, at: (offset: number) => number): Problem[] {
  const problems: Problem[] = [];
  let aliases = 0;
  visit(document, {
    Alias(_, alias) {
      aliases += 1;
      if (!alias.resolve(document)) {
        const message = `is not valid YAML: no anchor &${alias.source} stands before *${alias.source}`;
        problems.push({ line: at(alias.range?.[0] ?? 0), field: 'file', message });
      }
      if (aliases !== MAX_ALIASES + 1) return;
      const message = `uses more than the ${MAX_ALIASES} YAML aliases allowed`;
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

/** Null for an alias that stands inside its own anchor, which has no plain form. */
function plainData(document: Document): unknown {
  try {
    const data: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    JSON.stringify(data);
    return data;
  } catch {
    return null;
  }
}

/** Where a key stands; for a missing one, where the map that lacks it begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const segment of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
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

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
