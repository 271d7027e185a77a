import { LITELLM_VERSION } from './generated.js';

/** Where prices come from: a short name, and what it stands for. */
export const SOURCES = {
  litellm: `LiteLLM ${LITELLM_VERSION} (PyPI, MIT), model_prices_and_context_window_backup.json, which follows the vendors' own pages, such as developers.openai.com/api/docs/pricing and fal.ai`,
  'fal pricing': 'fal.ai/pricing, copy of 2026-09-20',
  'fal catalogue':
    "fal's model catalogue, copy of 2026-08-05; agrees with the table of github.com/justintanner/apicity (MIT) of 2026-07-22",
  'fal pages':
    "the endpoint's own page, fal.ai/models/<endpoint>/llms.txt; without a date, so the day we read it",
} as const;

export type Source = keyof typeof SOURCES;

interface Dated {
  /** The day for which the source gives the price, as in `2026-11-24`. */
  readonly asOf: string;
  readonly source: Source;
}

/** US dollars per million tokens at the standard tier, as decimals. */
export interface TextPrice extends Dated {
  readonly input: string;
  readonly cached: string;
  /** Writing to the prompt cache for 30 minutes; null where a written token costs what a plain one does (before GPT-5.6). */
  readonly cacheWrite: string | null;
  /** Writing to the prompt cache for 12 hours. */
  readonly cacheWrite12h: string | null;
  readonly output: string;
  /** Where a tier costs another multiple of the standard one than it usually does. */
  readonly tiers?: Readonly<Record<string, string>>;
  /** Whether a request over the long-context line costs more. */
  readonly longContext: boolean;
}

/** US dollars per million tokens that are read, as a decimal. */
export interface EmbeddingPrice extends Dated {
  readonly usd: string;
}

export type MediaUnit = 'image' | 'megapixel' | 'second';

export interface MediaPrice extends Dated {
  /** US dollars per unit, as a decimal. */
  readonly usd: string;
  readonly unit: MediaUnit;
}
