import Big from 'big.js';

/** LiteLLM's file names fal's endpoints so: `fal_ai/fal-ai/flux/dev`. */
const FAL = 'fal_ai/';
/** The vendors whose own models are told apart by their bare names. LiteLLM puts some of them before the name. */
const VENDORS = ['openai', 'anthropic', 'deepseek', 'gemini', 'mistral', 'xai'];
/** Models for other things than writing a post. */
const OTHER_USES =
  /audio|realtime|search|deep-research|computer-use|transcribe|tts|image|vision|embed|live|robotics/;
const MILLION = 1_000_000;
const PIXELS_PER_MEGAPIXEL = 1024 * 1024;
/** What `contract/money/prices/text-price.ts` takes for a tier where the table has no multiple of its own. */
const USUAL_TIERS = { flex: '0.5', batches: '0.5', priority: '2' };
const LONG = '_above_272k_tokens';

/**
 * What Copydesk takes over from LiteLLM's price file.
 *
 * @param {Record<string, Record<string, unknown>>} prices
 * @returns {{
 *   text: Record<string, unknown[]>, embedding: Record<string, string>, media: Record<string, [usd: string, unit: string]>, left: string[]
 * }} `left` says of each model that could not be taken over why: its price has a form that the table can't hold
 */
export function convert(prices) {
  const left = new Set();
  const text = {};
  const embedding = {};
  const media = {};
  for (const [key, entry] of Object.entries(prices)) {
    if (entry.litellm_provider === 'fal_ai') {
      const price = key.startsWith(FAL) ? mediaPrice(entry) : null;
      if (price) media[key.slice(FAL.length)] = price;
      continue;
    }
    const meaning = ownName(key, entry, ['embedding']);
    if (meaning !== null && entry.input_cost_per_token > 0)
      embedding[meaning] = perMillion(entry.input_cost_per_token);
    const name = textName(key, entry);
    if (name === null) continue;
    const price = textPrice(entry);
    if (!Array.isArray(price)) left.add(`${name}: ${price}`);
    else if (JSON.stringify(text[name] ?? price) === JSON.stringify(price)) text[name] = price;
    else left.add(`${name}: it is listed twice, at two prices`);
  }
  for (const line of left) delete text[line.slice(0, line.indexOf(':'))];
  return {
    text: sorted(withoutDates(text)),
    embedding: sorted(embedding),
    media: sorted(media),
    left: [...left].sort(),
  };
}

/** The bare name of a model that writes text; null for anything else. */
function textName(key, entry) {
  const name = ownName(key, entry, ['chat', 'responses']);
  return name === null || OTHER_USES.test(name) ? null : name;
}

/** The bare name of a model of one of the modes, by the vendor's own price; null for anything else. */
function ownName(key, { litellm_provider: vendor, mode }, modes) {
  if (!VENDORS.includes(vendor) || !modes.includes(mode)) return null;
  const name = key.startsWith(`${vendor}/`) ? key.slice(vendor.length + 1) : key;
  return /[/:]/.test(name) ? null : name;
}

/** `[input, cached, cacheWrite, cacheWrite12h, output, longContext, tiers?]`, or why the table can't hold the price. */
function textPrice(entry) {
  const { input_cost_per_token: input, output_cost_per_token: output } = entry;
  if (!(input > 0 && output > 0)) return 'it has no price a token';
  const thresholds = Object.keys(entry).filter((key) => /^(input|output)_cost_per_token_above_/.test(key));
  if (thresholds.some((key) => !key.includes(LONG)))
    return 'it has another long-context line than 272,000 tokens';
  const longContext = thresholds.length > 0;
  if (longContext) {
    const isUsual =
      ratio(entry[`input_cost_per_token${LONG}`], input) === '2' &&
      ratio(entry[`output_cost_per_token${LONG}`], output) === '1.5';
    if (!isUsual) return 'its long context costs another multiple than 2 and 1.5';
  }
  const tiers = tiersOf(entry);
  if (tiers === null) return 'a tier costs one multiple of the input and another of the output';
  const row = [
    perMillion(input),
    perMillion(entry.cache_read_input_token_cost ?? input),
    orNull(entry.cache_creation_input_token_cost),
    orNull(entry.cache_creation_input_token_cost_above_12hr),
    perMillion(output),
    longContext,
  ];
  return Object.keys(tiers).length > 0 ? [...row, tiers] : row;
}

/** The tiers that cost another multiple of the standard price than they usually do; null where there is no one multiple. */
function tiersOf(entry) {
  const tiers = {};
  for (const key of Object.keys(entry)) {
    const [, tier] = /^input_cost_per_token_(flex|batches|priority|ultrafast)$/.exec(key) ?? [];
    if (!tier) continue;
    const multiple = ratio(entry[key], entry.input_cost_per_token);
    if (ratio(entry[`output_cost_per_token_${tier}`] ?? 0, entry.output_cost_per_token) !== multiple)
      return null;
    if (multiple !== USUAL_TIERS[tier]) tiers[tier === 'batches' ? 'batch' : tier] = multiple;
  }
  return tiers;
}

/** By the whole megapixel where LiteLLM has a price a pixel, else by what it lists; at the usual size. */
function mediaPrice({
  mode,
  output_cost_per_pixel: pixel,
  output_cost_per_image: image,
  output_cost_per_second: second,
}) {
  if (mode === 'video_generation') return second > 0 ? [decimal(Big(second)), 'second'] : null;
  if (mode !== 'image_generation') return null;
  if (pixel > 0) return [decimal(Big(pixel).times(PIXELS_PER_MEGAPIXEL).round(9)), 'megapixel'];
  return image > 0 ? [decimal(Big(image)), 'image'] : null;
}

/** A dated name costs what the model does unless the list says otherwise, and is found by the model's name then. */
function withoutDates(text) {
  const undated = (name) => name.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  const isDouble = ([name, row]) =>
    undated(name) !== name && JSON.stringify(text[undated(name)]) === JSON.stringify(row);
  return Object.fromEntries(Object.entries(text).filter((entry) => !isDouble(entry)));
}

const decimal = (number) => number.toFixed();
const perMillion = (usd) => decimal(Big(usd).times(MILLION));
const orNull = (usd) => (usd > 0 ? perMillion(usd) : null);
const ratio = (part, whole) =>
  decimal(
    Big(part ?? 0)
      .div(whole)
      .round(12),
  );
const sorted = (record) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * The text of `contract/money/prices/generated.ts`.
 *
 * @param {ReturnType<typeof convert>} prices
 * @param {{ version: string, asOf: string }} of
 */
export function generatedModule({ text, embedding, media }, { version, asOf }) {
  const lines = (record) =>
    Object.entries(record).map(([name, row]) => `  ${JSON.stringify(name)}: ${JSON.stringify(row)},\n`);
  return `// Written by npm run prices; do not edit. What it lacks, or has in another unit than fal bills, stands in by-hand.ts.
// LiteLLM ${version} (PyPI, MIT licence), model_prices_and_context_window_backup.json, taken on ${asOf}.

export const LITELLM_VERSION = '${version}';
export const LITELLM_AS_OF = '${asOf}';

/** US dollars per million tokens: input, cached, cache write for 30 minutes and for 12 hours, output; long context; tiers. */
export type TextRow = readonly [string, string, string | null, string | null, string, boolean, Readonly<Record<string, string>>?];

export const LITELLM_TEXT: Readonly<Record<string, TextRow>> = {
${lines(text).join('')}};

/** US dollars per million tokens of models that compare texts by their meaning. */
export const LITELLM_EMBEDDING: Readonly<Record<string, string>> = {
${lines(embedding).join('')}};

/** US dollars, and the unit that they are for. */
export type MediaRow = readonly [string, 'image' | 'megapixel' | 'second'];

export const LITELLM_MEDIA: Readonly<Record<string, MediaRow>> = {
${lines(media).join('')}};
`;
}
