import { createHash } from 'node:crypto';
import type { TokenUsage } from '../ledger.js';

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

/** Nano-USD a token: a dollar per million tokens is 1,000. */
interface Price {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

const usdPerMillion = (input: number, cached: number, output: number): Price => ({
  input: Math.round(input * 1_000),
  cached: Math.round(cached * 1_000),
  output: Math.round(output * 1_000),
});

/** The stand-in's own price list, standard tier, after OpenAI's of November 2026. It knows no other models. */
export const MODELS: Readonly<Record<string, Price>> = {
  'gpt-6-astra': usdPerMillion(10, 1, 50),
  'gpt-6.1-sol': usdPerMillion(2, 0.1, 10),
  'gpt-6.1-terra': usdPerMillion(1, 0.05, 5),
  'gpt-6-sol': usdPerMillion(2, 0.2, 10),
  'gpt-6-luna': usdPerMillion(0.1, 0.01, 0.5),
  'gpt-5.6-sol': usdPerMillion(4, 0.4, 20),
  'gpt-5.6-terra': usdPerMillion(2, 0.2, 12),
  'gpt-5.6-luna': usdPerMillion(0.2, 0.02, 1.2),
  'gpt-5.5': usdPerMillion(5, 0.5, 30),
  'gpt-5.4': usdPerMillion(2.5, 0.25, 15),
  'gpt-5.4-mini': usdPerMillion(0.75, 0.075, 4.5),
  'gpt-5.4-nano': usdPerMillion(0.2, 0.02, 1.25),
};

/** The same of models that embed texts, which bill what they read alone. */
export const EMBEDDING_MODELS: Readonly<Record<string, Price>> = {
  'text-embedding-3-small': usdPerMillion(0.02, 0.02, 0),
  'text-embedding-3-large': usdPerMillion(0.13, 0.13, 0),
};

/** What another tier costs in halves of the standard price. */
const HALVES: Readonly<Record<string, number>> = { flex: 1, default: 2, priority: 4 };

/** Nano-USD of a call, rounded once, half up. @throws Error for a model that is not in the list. */
export function costOf(model: string, usage: TokenUsage, tier: string): number {
  const price = MODELS[model] ?? EMBEDDING_MODELS[model];
  if (!price) throw new Error(`no price for model '${model}'`);
  const standard =
    (usage.input - usage.cached) * price.input + usage.cached * price.cached + usage.output * price.output;
  return Math.round((standard * (HALVES[tier] ?? 2)) / 2);
}
