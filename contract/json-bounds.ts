/** How large a JSON text from outside may be inside. */
export interface JsonBounds {
  /** Lists and objects inside one another. */
  readonly depth: number;
  /** Values of all its lists and objects together. */
  readonly values: number;
}

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

/**
 * What of a text that claims to be JSON is over its bounds, in one clause; null when nothing is. It is looked at before it is
 * parsed: many functions that take a document apart call themselves for each level, and end with the stack. Takes time in
 * proportion to the text, and says nothing of whether it is JSON.
 */
export function jsonExcess(text: string, bounds: JsonBounds): string | null {
  let depth = 0;
  let values = 1;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === COMMA) values += 1;
    else if (CLOSING.includes(code)) depth -= 1;
    else if (OPENING.includes(code)) {
      depth += 1;
      values += 1;
      if (depth > bounds.depth) return `it is nested more than ${bounds.depth} deep`;
    }
    if (values > bounds.values) return `it holds more than ${bounds.values} values`;
  }
  return null;
}
