/** The longest text that is looked through, in characters: far more than any plan or draft. */
export const LONGEST_TEXT = 1_000_000;
/** How many places that look like JSON are tried. */
const MOST_CANDIDATES = 20;

const THOUGHT_END = /<\/(?:think|thinking|thought|reasoning)>/gi;
const THOUGHT_START = /^<(?:think|thinking|thought|reasoning)>/i;

/**
 * The objects and lists in a model's text, surest first: the whole of it, what stands in a fence, and then whatever is set in
 * brackets, the last first, since a model that thinks aloud ends with its answer. Takes time in proportion to the text.
 */
export function jsonIn(text: string): object[] {
  if (text.length > LONGEST_TEXT) return [];
  const said = answersIn(text);
  const whole = said.map(parsed).find((value) => value !== undefined);
  if (whole) return [whole];
  const places = said.flatMap((one) => [...fenced(one).toReversed(), ...bracketed(one).toReversed()]);
  return [...new Set(places)]
    .slice(0, MOST_CANDIDATES)
    .map(parsed)
    .filter((value) => value !== undefined);
}

/**
 * Where the answer may begin. A reasoning model's thoughts hold drafts, and servers that know no better leave them in the
 * text, some without the tag that starts them; an answer may also just speak of such tags. None where there are only thoughts.
 */
export function answersIn(text: string): string[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const ends = [...trimmed.matchAll(THOUGHT_END)].map((tag) => tag.index + tag[0].length);
  const afters = [ends.at(-1), ends[0]].filter((end) => end !== undefined).map((end) => trimmed.slice(end));
  const all = [...afters, ...(THOUGHT_START.test(trimmed) ? [] : [trimmed])].map((one) => one.trim());
  return [...new Set(all)].filter((one) => one !== '');
}

/** An object or a list; undefined for anything else. */
function parsed(text: string): object | undefined {
  const isBracketed = /^[[{]/.test(text.trimStart());
  const value = isBracketed ? (read(text) ?? read(mended(text))) : undefined;
  return typeof value === 'object' && value !== null ? value : undefined;
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What stands between one ``` and the next. */
function fenced(text: string): string[] {
  const parts = text.split('```');
  return parts
    .filter((_part, at) => at % 2 === 1)
    .map((part) => part.replace(/^[ \t]*(?:[a-z\d]+[ \t]*)?\r?\n/i, '').trim());
}

/**
 * The outermost pairs of brackets whose inside is balanced. A bracket of prose that never closes hides nothing after it; in a
 * document that lacks its start or its end no part stands for the whole.
 */
function bracketed(text: string): string[] {
  const open: { at: number; close: string }[] = [];
  const spans: { from: number; to: number }[] = [];
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (inString) {
      if (character === '\\') at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = open.length > 0;
    else if (character === '{' || character === '[') open.push({ at, close: character === '{' ? '}' : ']' });
    else if (character === open.at(-1)?.close) {
      const from = open.pop()!.at;
      while (spans.length > 0 && spans.at(-1)!.from > from) spans.pop();
      spans.push({ from, to: at + 1 });
    }
  }
  const cutOff =
    open.find(({ at }) => STARTS_JSON.test(text.slice(at, at + LONGEST_START)))?.at ?? text.length;
  return spans
    .filter(
      ({ from }) => from < cutOff && !ENDS_IN_NAME.test(text.slice(Math.max(0, from - LONGEST_START), from)),
    )
    .map(({ from, to }) => text.slice(from, to));
}

/** What follows the bracket of an object with a name, or of a list with an item that is no word. */
const STARTS_JSON = /^(?:\{\s*"[^"]*"\s*:|\[\s*["[{])/;
/** What stands before the value of a property. */
const ENDS_IN_NAME = /"\s*:\s*$/;
const LONGEST_START = 200;

/** Two slips of small models, which can be meant in one way only: a comma before a closing bracket, a line break in a string. */
function mended(text: string): string {
  const made: string[] = [];
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (inString) {
      if (character === '\\') made.push(character, text[++at] ?? '');
      else {
        if (character === '"') inString = false;
        made.push(ESCAPED[character] ?? character);
      }
      continue;
    }
    if (character === '"') inString = true;
    if (character === '}' || character === ']') dropComma(made);
    made.push(character);
  }
  return made.join('');
}

const ESCAPED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Takes back a comma that ends what was made, and the space after it. */
function dropComma(made: string[]): void {
  let at = made.length - 1;
  while (at >= 0 && /^\s$/.test(made[at] as string)) at--;
  if (made[at] === ',') made.length = at;
}
