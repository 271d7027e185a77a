/**
 * What models cost, each entry with the day for which its source gives the price. It is what estimates and budgets count
 * with, and what prices a call whose provider does not tell its own price. `copydesk prices check` names what is old.
 * Most of it is generated from LiteLLM's price file by `npm run prices`; `by-hand.ts` has the rest.
 */
import Big from 'big.js';
import {
  LITELLM_AS_OF,
  LITELLM_EMBEDDING,
  LITELLM_MEDIA,
  LITELLM_TEXT,
  LITELLM_VERSION,
  type TextRow,
} from './generated.js';
import type { Nano } from '../nano.js';
import { MEDIA_BY_HAND, TEXT_BY_HAND } from './by-hand.js';

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

/** The day on which the table was last gone through. */
export const PRICES_AS_OF = LITELLM_AS_OF;

const LITELLM = { asOf: LITELLM_AS_OF, source: 'litellm' } as const;

function textPrice([input, cached, write, write12h, output, longContext, tiers]: TextRow): TextPrice {
  const tokens = { input, cached, cacheWrite: write, cacheWrite12h: write12h, output };
  return { ...tokens, longContext, ...(tiers && { tiers }), ...LITELLM };
}

const generatedText = Object.entries(LITELLM_TEXT).map(([name, row]) => [name, textPrice(row)] as const);
const generatedMedia = Object.entries(LITELLM_MEDIA).map(
  ([name, [usd, unit]]) => [name, { usd, unit, ...LITELLM }] as const,
);

export const TEXT_PRICES: Readonly<Record<string, TextPrice>> = {
  ...Object.fromEntries(generatedText),
  ...TEXT_BY_HAND,
};

export const MEDIA_PRICES: Readonly<Record<string, MediaPrice>> = {
  ...Object.fromEntries(generatedMedia),
  ...MEDIA_BY_HAND,
};

export const EMBEDDING_PRICES: Readonly<Record<string, EmbeddingPrice>> = Object.fromEntries(
  Object.entries(LITELLM_EMBEDDING).map(([name, usd]) => [name, { usd, ...LITELLM }]),
);

/** What an estimate takes for an embedding model that the table lacks: the dearest in it. */
export const DEAREST_EMBEDDING: EmbeddingPrice = EMBEDDING_PRICES['gemini-embedding-2'] as EmbeddingPrice;

/**
 * What an estimate takes for a text model that the table lacks: the dearest that is made for everyday work. The `pro` models
 * cost three times as much, and are in the table.
 */
export const DEAREST_TEXT: TextPrice = TEXT_PRICES['gpt-6-astra'] as TextPrice;

/** A decimal amount of US dollars, of any length, as nano-USD: rounded once, half up. */
export const exactNano = (usd: Big): Nano => usd.times(1_000_000_000).round(0, Big.roundHalfUp).toNumber();
