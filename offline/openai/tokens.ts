import { createHash } from 'node:crypto';

const CHARACTERS_PER_TOKEN = 4;
/** OpenAI caches prefixes from 1,024 tokens, in steps of 128 (guides/prompt-caching). */
const LEAST_CACHED = 1_024;
const STEP = 128;
const REMEMBERED = 20_000;

/** About what a tokenizer would say of English. */
export const tokensOf = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/** Remembers long beginnings of prompts as the prompt cache does; a restart forgets them. */
export class PromptCache {
  readonly #seen = new Set<string>();

  /** Tokens of the prompt's beginning that were seen before with the model, and remembers this one. */
  cachedTokens(model: string, prompt: string): number {
    let cached = 0;
    const digest = createHash('sha256').update(`${model}\n`);
    let hashed = 0;
    for (let tokens = LEAST_CACHED; tokens <= prompt.length / CHARACTERS_PER_TOKEN; tokens += STEP) {
      digest.update(prompt.slice(hashed, tokens * CHARACTERS_PER_TOKEN));
      hashed = tokens * CHARACTERS_PER_TOKEN;
      const key = digest.copy().digest('base64');
      if (this.#seen.has(key)) cached = tokens;
      else this.#remember(key);
    }
    return cached;
  }

  #remember(key: string): void {
    if (this.#seen.size >= REMEMBERED) this.#seen.clear();
    this.#seen.add(key);
  }
}
