/** Choices that look random and are the same for the same words: a run of the sloppy writer can be repeated. */
export class Chance {
  #state: number;

  /** @param words what the choices depend on */
  constructor(...words: readonly (string | number)[]) {
    this.#state = hash(words.join('\n'));
  }

  /** From 0 to 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  is(likelihood: number): boolean {
    return this.next() < likelihood;
  }

  from(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  of<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.next() * choices.length)] as T;
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let made = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) made = Math.imul(made ^ text.charCodeAt(at), 0x01000193);
  return made;
}
