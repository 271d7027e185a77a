import { CST, Lexer } from 'yaml';

/** Ten times what an account with 50 planners and a comment on each key has. A text is one token, however long. */
const MOST_TOKENS = 10_000;
/** Ours lie four deep. */
const DEEPEST = 20;
/** More than a person writes; an alias bomb stops here. */
export const MOST_ALIASES = 50;

/** Why a text is no account file, before anything builds a tree of it. */
export interface YamlExcess {
  /** In characters from the start. */
  readonly offset: number;
  readonly message: string;
}

/**
 * What of a YAML text is over any account file's bounds, and where; null when nothing is. Libraries take time with the square
 * of a text's keys, and call themselves for each level; this goes through its tokens once, and no further than the bounds.
 */
export function yamlExcess(text: string): YamlExcess | null {
  const depth = new Depth();
  let [tokens, aliases] = [0, 0];
  for (const token of tokensOf(text)) {
    const excess = (message: string): YamlExcess => ({ offset: token.offset, message });
    tokens += 1;
    if (tokens > MOST_TOKENS)
      return excess(`holds more than the ${MOST_TOKENS} keys, values and marks allowed`);
    if (token.type === 'alias') aliases += 1;
    if (aliases > MOST_ALIASES) return excess(`uses more than the ${MOST_ALIASES} YAML aliases allowed`);
    if (depth.after(token) > DEEPEST) return excess(`is nested more than the ${DEEPEST} levels allowed`);
  }
  return null;
}

interface Token {
  readonly type: CST.TokenType | 'text' | null;
  readonly offset: number;
  readonly length: number;
}

function* tokensOf(text: string): Generator<Token> {
  let offset = 0;
  let isText = false;
  for (const source of new Lexer().lex(text)) {
    const type: Token['type'] = isText ? 'text' : CST.tokenType(source);
    isText = type === 'scalar';
    // Marks of the lexer's own, which stand nowhere in the text.
    if (type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end') continue;
    yield { type, offset, length: source.length };
    offset += source.length;
  }
}

/** How deep a text is nested: by the columns at which its maps and lists begin, and by brackets. */
class Depth {
  #columns: number[] = [];
  #brackets = 0;
  #column = 0;
  #isLineStart = true;

  /** The depth once this token has been read. */
  after({ type, length }: Token): number {
    if (type === 'newline') {
      [this.#column, this.#isLineStart] = [0, true];
      return this.#depth;
    }
    const isIndicator = type === 'seq-item-ind' || type === 'explicit-key-ind';
    const isContent = type !== 'space' && type !== 'comment';
    if (this.#brackets === 0 && isContent && (this.#isLineStart || isIndicator)) {
      this.#columns = [...this.#columns.filter((open) => open < this.#column), this.#column];
      this.#isLineStart = false;
    }
    if (type === 'flow-seq-start' || type === 'flow-map-start') this.#brackets += 1;
    if (type === 'flow-seq-end' || type === 'flow-map-end') this.#brackets -= 1;
    this.#column += length;
    return this.#depth;
  }

  get #depth(): number {
    return this.#columns.length + this.#brackets;
  }
}
