/**
 * Prices as of 2026-11-24. Text: US dollars per million tokens, standard tier, from OpenAI's price page by way of LiteLLM's
 * `model_prices_and_context_window.json` (PyPI litellm 1.109.1). Media: US dollars per unit, from the endpoints' own pages
 * on fal.ai; the fallback for when fal's pricing API does not answer.
 */
export const PRICES_AS_OF = '2026-11-24';

export interface TextPrice {
  readonly input: string;
  readonly cached: string;
  /** Writing to the prompt cache; models before GPT-5.6 write for nothing beside the input price. */
  readonly cacheWrite: string | null;
  readonly output: string;
}

export const TEXT_PRICES: Readonly<Record<string, TextPrice>> = {
  'gpt-6-astra': { input: '10', cached: '1', cacheWrite: '12.5', output: '50' },
  'gpt-6.1-sol': { input: '2', cached: '0.1', cacheWrite: '2.5', output: '10' },
  'gpt-6.1-terra': { input: '1', cached: '0.05', cacheWrite: '1.25', output: '5' },
  'gpt-6-sol': { input: '2', cached: '0.2', cacheWrite: '2.5', output: '10' },
  'gpt-6-luna': { input: '0.1', cached: '0.01', cacheWrite: '0.125', output: '0.5' },
  'gpt-5.6-sol': { input: '4', cached: '0.4', cacheWrite: '5', output: '20' },
  'gpt-5.6-terra': { input: '2', cached: '0.2', cacheWrite: '2.5', output: '12' },
  'gpt-5.6-luna': { input: '0.2', cached: '0.02', cacheWrite: '0.25', output: '1.2' },
  'gpt-5.5': { input: '5', cached: '0.5', cacheWrite: null, output: '30' },
  'gpt-5.4': { input: '2.5', cached: '0.25', cacheWrite: null, output: '15' },
  'gpt-5.4-mini': { input: '0.75', cached: '0.075', cacheWrite: null, output: '4.5' },
  'gpt-5.4-nano': { input: '0.2', cached: '0.02', cacheWrite: null, output: '1.25' },
};

export interface MediaPrice {
  readonly usd: string;
  readonly unit: 'image' | 'megapixel' | 'second';
}

export const MEDIA_PRICES: Readonly<Record<string, MediaPrice>> = {
  'fal-ai/flux-pro/v1.1-ultra': { usd: '0.06', unit: 'image' },
  'fal-ai/flux-pro/v1.1': { usd: '0.04', unit: 'image' },
  'fal-ai/flux/dev': { usd: '0.025', unit: 'megapixel' },
  'fal-ai/flux/schnell': { usd: '0.003', unit: 'megapixel' },
  'fal-ai/nano-banana-2': { usd: '0.08', unit: 'image' },
  'fal-ai/kling-video/v3/pro/image-to-video': { usd: '0.112', unit: 'second' },
  'fal-ai/kling-video/v2.5-turbo/pro/image-to-video': { usd: '0.07', unit: 'second' },
  'fal-ai/ltx-2.3/image-to-video': { usd: '0.06', unit: 'second' },
};

/** What an estimate takes for a model that the table lacks: the dearest that we know of its kind. */
export const DEAREST_TEXT: TextPrice = TEXT_PRICES['gpt-6-astra'] as TextPrice;
export const DEAREST_PICTURE: MediaPrice = { usd: '0.3', unit: 'image' };
export const DEAREST_CLIP: MediaPrice = { usd: '0.682', unit: 'second' };
