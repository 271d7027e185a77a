/**
 * What models cost, each entry with the day for which its source gives the price. It is what estimates and budgets count
 * with, and what prices a call whose provider does not tell its own price. `copydesk prices check` names what is old.
 */

/** Where prices come from: a short name, and what it stands for. */
export const SOURCES = {
  litellm:
    'LiteLLM 1.109.1 (PyPI, MIT), model_prices_and_context_window_backup.json, which follows developers.openai.com/api/docs/pricing and the pages of fal.ai',
  'fal pricing': 'fal.ai/pricing, copy of 2026-09-20',
  'fal catalogue':
    "fal's model catalogue, copy of 2026-08-05; agrees with the table of github.com/justintanner/apicity (MIT) of 2026-07-22",
  'fal pages':
    "the endpoint's own page, fal.ai/models/<endpoint>/llms.txt; without a date, so the day we read it",
} as const;

export type Source = keyof typeof SOURCES;

/** The day on which the table was last gone through. */
export const PRICES_AS_OF = '2026-11-24';

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

type Tokens = readonly [
  input: string,
  cached: string,
  write30m: string | null,
  write12h: string | null,
  output: string,
];

const text = (
  [input, cached, cacheWrite, cacheWrite12h, output]: Tokens,
  rest: Partial<TextPrice> = {},
): TextPrice => ({
  ...{ input, cached, cacheWrite, cacheWrite12h, output },
  ...{ longContext: true, asOf: '2026-11-24', source: 'litellm' },
  ...rest,
});

const ULTRAFAST = { tiers: { ultrafast: '6' } };

export const TEXT_PRICES: Readonly<Record<string, TextPrice>> = {
  'gpt-6-astra': text(['10', '1', '12.5', '25', '50'], ULTRAFAST),
  'gpt-6.1-sol': text(['2', '0.1', '2.5', '5', '10'], ULTRAFAST),
  'gpt-6.1-terra': text(['1', '0.05', '1.25', '2.5', '5']),
  'gpt-6-sol': text(['2', '0.2', '2.5', '5', '10']),
  'gpt-6-luna': text(['0.1', '0.01', '0.125', '0.25', '0.5']),
  'gpt-5.6-sol': text(['4', '0.4', '5', '10', '20']),
  'gpt-5.6-terra': text(['2', '0.2', '2.5', '5', '12']),
  'gpt-5.6-luna': text(['0.2', '0.02', '0.25', '0.5', '1.2']),
  'gpt-5.5': text(['5', '0.5', null, null, '30'], { tiers: { priority: '2.5' } }),
  'gpt-5.4': text(['2.5', '0.25', null, null, '15']),
  'gpt-5.4-mini': text(['0.75', '0.075', null, null, '4.5'], { longContext: false }),
  'gpt-5.4-nano': text(['0.2', '0.02', null, null, '1.25'], { longContext: false }),
};

export type MediaUnit = 'image' | 'megapixel' | 'second';

export interface MediaPrice extends Dated {
  /** US dollars per unit, as a decimal. */
  readonly usd: string;
  readonly unit: MediaUnit;
}

const media = (usd: string, unit: MediaUnit, source: Source, asOf: string): MediaPrice => ({
  ...{ usd, unit, source, asOf },
});

/** At the sizes and without the sound that `contract/media/input.ts` orders. */
export const MEDIA_PRICES: Readonly<Record<string, MediaPrice>> = {
  'fal-ai/flux-pro/v1.1-ultra': media('0.06', 'image', 'litellm', '2026-11-24'),
  'fal-ai/flux-pro/v1.1': media('0.04', 'image', 'litellm', '2026-11-24'),
  'fal-ai/flux/dev': media('0.025', 'megapixel', 'litellm', '2026-11-24'),
  'fal-ai/flux/schnell': media('0.003', 'megapixel', 'litellm', '2026-11-24'),
  'fal-ai/nano-banana': media('0.039', 'image', 'litellm', '2026-11-24'),
  'fal-ai/nano-banana-2': media('0.08', 'image', 'litellm', '2026-11-24'),
  'fal-ai/nano-banana-pro': media('0.15', 'image', 'litellm', '2026-11-24'),
  // A list of May 2026 has twice as much.
  'fal-ai/kling-video/v3/pro/image-to-video': media('0.112', 'second', 'fal catalogue', '2026-08-05'),
  'fal-ai/kling-video/v3/standard/image-to-video': media('0.084', 'second', 'fal catalogue', '2026-08-05'),
  'fal-ai/kling-video/v2.5-turbo/pro/image-to-video': media('0.07', 'second', 'fal pricing', '2026-09-20'),
  'fal-ai/ltx-2.3/image-to-video': media('0.06', 'second', 'fal pages', '2026-11-24'),
};

/**
 * What an estimate takes for a model that the table lacks: the dearest of its kind that we know, short of those that must
 * be ordered at the largest size and the best quality.
 */
export const DEAREST_TEXT: TextPrice = TEXT_PRICES['gpt-6-astra'] as TextPrice;
/** `fal-ai/nano-banana-pro` at 4K. */
export const DEAREST_PICTURE: MediaPrice = media('0.3', 'image', 'litellm', '2026-11-24');
/** `bytedance/seedance-2.0` at 1080p. */
export const DEAREST_CLIP: MediaPrice = media('0.682', 'second', 'litellm', '2026-11-24');
