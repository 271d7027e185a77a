/**
 * What models cost, each entry with the day for which its source gives the price. It is what estimates and budgets count
 * with, and what prices a call whose provider does not tell its own price. `copydesk prices check` names what is old.
 * Most of it is generated from LiteLLM's price file by `npm run prices`; `by-hand.ts` has the rest.
 */
import { MEDIA_BY_HAND, TEXT_BY_HAND } from './by-hand.js';
import { LITELLM_AS_OF, LITELLM_EMBEDDING, LITELLM_MEDIA, LITELLM_TEXT, type TextRow } from './generated.js';
import type { EmbeddingPrice, MediaPrice, TextPrice } from './price.js';

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
