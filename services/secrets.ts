/** What must not leave this process, and how it is taken out of other people's words. */
export interface Secrets {
  /** The text with `[key]` in place of every secret, in whatever form and however much of it stands there. */
  readonly mask: (text: string) => string;
}

/** So much of a secret tells it, in characters; what is shorter is found whole only. */
const PART = 12;
/** Below this a value is no key, and taking it out would ruin any text. */
const LEAST = 8;
/** Encoded text may be encoded again: a URL inside JSON inside a web page. */
const DEEPEST = 3;

/**
 * Finds the values themselves, since not every key looks like one: as they are, in either case, as base64 at any place of a
 * longer text (which covers `user:key` of Basic), as hex, and escaped for a URL, JSON or HTML. Takes time in proportion to the
 * text.
 *
 * @param values one with a colon (fal's `id:secret`) stands for its parts too; a short word or an empty value is passed over
 */
export function createSecrets(values: readonly (string | null | undefined)[]): Secrets {
  const parts = new Parts();
  for (const value of values.flatMap((one) => [one ?? '', ...(one ?? '').split(':')]).filter(isSecret)) {
    for (const form of formsOf(value)) parts.add(fold(form));
  }
  return {
    mask(text) {
      const found = new Uint8Array(text.length);
      let level: Level | null = { text, at: null };
      for (let depth = 0; level && depth <= DEEPEST; depth += 1) {
        parts.mark(level, found);
        level = unescaped(level);
      }
      return replaced(text, found);
    },
  };
}

/** Nothing to hide, as where a call carries no key. */
export const NO_SECRETS: Secrets = { mask: (text) => text };

/** A plain word of a few letters can't be told from text, such as the password `postgres`. */
const isSecret = (value: string): boolean =>
  value.length >= PART || (value.length >= LEAST && !/^[a-z]+$/i.test(value));

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const pairs = hex.match(/../g) ?? [];
  return [
    value,
    hex,
    pairs.join(' '),
    pairs.join(':'),
    ...[0, 1, 2].map((before) => base64At(bytes, before)),
  ];
}

/** The base64 digits that stand for nothing but the value, where so many bytes before it share its first group. */
function base64At(bytes: Buffer, before: number): string {
  const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
}

/** One writing for both cases and for both alphabets of base64; as long as the text. */
const fold = (text: string): string =>
  text.replace(/[A-Z_-]+/g, (run) => run.toLowerCase().replaceAll('-', '+').replaceAll('_', '/'));

/** A text and where each of its characters, and its end, stands in the original; null: it is the original. */
interface Level {
  readonly text: string;
  readonly at: Uint32Array | null;
}

const ESCAPE =
  /%[\da-f]{2}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\["'\\/]|&#x[\da-f]{1,6};|&#\d{1,7};|&(?:amp|lt|gt|quot|apos);/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** One layer of escapes less; null where there is none. */
function unescaped({ text, at }: Level): Level | null {
  const pieces: string[] = [];
  const places = new Uint32Array(text.length + 1);
  let [from, length] = [0, 0];
  const keep = (end: number): void => {
    pieces.push(text.slice(from, end));
    for (; from < end; from += 1) places[length++] = at?.[from] ?? from;
  };
  for (const match of text.matchAll(ESCAPE)) {
    keep(match.index);
    pieces.push(character(match[0]));
    places[length++] = at?.[from] ?? from;
    from += match[0].length;
  }
  if (length === text.length || from === 0) return null;
  keep(text.length);
  places[length] = at?.[text.length] ?? text.length;
  return { text: pieces.join(''), at: places };
}

/** One unit, so that places stay right; no key has characters outside the basic plane. */
function character(escape: string): string {
  const name = /^&([a-z]+);$/i.exec(escape)?.[1]?.toLowerCase();
  if (name !== undefined) return NAMED[name] ?? ' ';
  if (/^\\["'\\/]$/.test(escape)) return escape.charAt(1);
  const hex = /^(?:%|\\u|\\x|&#x)([\da-f]+)/i.exec(escape)?.[1];
  const code = hex === undefined ? Number(escape.slice(2, -1)) : Number.parseInt(hex, 16);
  return String.fromCharCode(code);
}

/** The parts by which secrets are recognised, by their length. */
class Parts {
  readonly #byLength = new Map<number, Set<string>>();
  /** By the first two characters: nearly every place of a text is passed over without a look at the sets. */
  readonly #starts = new Uint8Array(128 * 128);

  add(form: string): void {
    const length = Math.min(PART, form.length);
    const parts = this.#byLength.get(length) ?? new Set();
    this.#byLength.set(length, parts);
    for (let at = 0; at + length <= form.length; at += 1) {
      const part = form.slice(at, at + length);
      parts.add(part);
      this.#starts[start(part, 0)] = 1;
    }
  }

  /** Marks in `found` what of the original is a secret. */
  mark({ text, at }: Level, found: Uint8Array): void {
    const folded = fold(text);
    for (let from = 0; from < folded.length; from += 1) {
      if (this.#starts[start(folded, from)] === 0) continue;
      for (const [length, parts] of this.#byLength) {
        if (!parts.has(folded.slice(from, from + length))) continue;
        found.fill(1, at?.[from] ?? from, at?.[from + length] ?? from + length);
      }
    }
  }
}

const start = (text: string, at: number): number =>
  (text.charCodeAt(at) % 128) * 128 + (text.charCodeAt(at + 1) % 128 || 0);

function replaced(text: string, found: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = found.indexOf(1), kept = 0; ; from = found.indexOf(1, kept)) {
    if (from === -1) return pieces.length === 0 ? text : [...pieces, text.slice(kept)].join('');
    pieces.push(text.slice(kept, from), '[key]');
    const end = found.indexOf(0, from);
    kept = end === -1 ? text.length : end;
  }
}
