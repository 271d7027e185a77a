import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as made from '../../contract/money/prices/generated.js';
// @ts-expect-error plain JavaScript, as the other tools
import { convert, generatedModule } from './convert.mjs';

const openai = { litellm_provider: 'openai', mode: 'chat' };
const flat = { ...openai, input_cost_per_token: 1e-7, output_cost_per_token: 1.25e-6 };
const textOf = (prices: Record<string, Record<string, unknown>>) => convert(prices).text;

it('takes prices per million tokens, exactly, with the cache and the long context', () => {
  const astra = {
    ...{ ...openai, input_cost_per_token: 1e-5, output_cost_per_token: 5e-5 },
    ...{ cache_read_input_token_cost: 1e-6, cache_creation_input_token_cost: 1.25e-5 },
    cache_creation_input_token_cost_above_12hr: 2.5e-5,
    ...{ input_cost_per_token_above_272k_tokens: 2e-5, output_cost_per_token_above_272k_tokens: 7.5e-5 },
    ...{ input_cost_per_token_flex: 5e-6, output_cost_per_token_flex: 2.5e-5 },
    ...{ input_cost_per_token_ultrafast: 6e-5, output_cost_per_token_ultrafast: 3e-4 },
  };
  expect(textOf({ 'gpt-6-astra': astra, 'gpt-5.4-nano': flat })).toEqual({
    'gpt-5.4-nano': ['0.1', '0.1', null, null, '1.25', false],
    'gpt-6-astra': ['10', '1', '12.5', '25', '50', true, { ultrafast: '6' }],
  });
});

it('takes the own models of a vendor by their bare names, and nothing that is not for writing', () => {
  const prices = {
    'deepseek/deepseek-chat': { ...flat, litellm_provider: 'deepseek' },
    'together_ai/deepseek-chat': { ...flat, litellm_provider: 'together_ai' },
    'ft:gpt-4o': flat,
    'gpt-audio': flat,
    'gpt-image': { ...flat, mode: 'image_generation' },
  };
  expect(Object.keys(textOf(prices))).toEqual(['deepseek-chat']);
});

it('leaves dates away where they say nothing, since a dated name is looked up without its date', () => {
  const dearer = { ...flat, output_cost_per_token: 2e-6 };
  const names = { 'gpt-4o': flat, 'gpt-4o-2024-05-13': dearer, 'gpt-4o-2024-08-06': flat };
  expect(Object.keys(textOf(names))).toEqual(['gpt-4o', 'gpt-4o-2024-05-13']);
});

it('says why it leaves out what the table can not hold', () => {
  const { text: taken, left } = convert({
    a: { ...flat, input_cost_per_token_above_200k_tokens: 1 },
    b: { ...flat, input_cost_per_token_above_272k_tokens: 3e-7, output_cost_per_token_above_272k_tokens: 1 },
    c: { ...flat, input_cost_per_token_priority: 2e-7, output_cost_per_token_priority: 9e-6 },
    d: openai,
    e: flat,
    'openai/e': { ...flat, input_cost_per_token: 3e-7 },
  });
  expect(taken).toEqual({});
  expect(left).toEqual([
    'a: it has another long-context line than 272,000 tokens',
    'b: its long context costs another multiple than 2 and 1.5',
    'c: a tier costs one multiple of the input and another of the output',
    'd: it has no price a token',
    'e: it is listed twice, at two prices',
  ]);
});

it('takes models that compare texts by what their input costs, and none without a price', () => {
  const embeds = { litellm_provider: 'openai', mode: 'embedding', input_cost_per_token: 2e-8 };
  const { embedding, text: writing } = convert({
    'text-embedding-3-small': { ...embeds, output_cost_per_token: 0 },
    'mistral/mistral-embed': { ...embeds, litellm_provider: 'mistral', input_cost_per_token: 1e-7 },
    'azure/text-embedding-3-small': { ...embeds, litellm_provider: 'azure' },
    'text-embedding-free': { ...embeds, input_cost_per_token: 0 },
  });
  expect(embedding).toEqual({ 'mistral-embed': '0.1', 'text-embedding-3-small': '0.02' });
  expect(writing).toEqual({});
});

it("takes fal's endpoints by the unit that LiteLLM has", () => {
  const image = { litellm_provider: 'fal_ai', mode: 'image_generation', output_cost_per_image: 0.025 };
  const film = { litellm_provider: 'fal_ai', mode: 'video_generation', output_cost_per_second: 0.3034 };
  const { media } = convert({
    'fal_ai/fal-ai/flux/dev': { ...image, output_cost_per_pixel: 2.384185791015625e-8 },
    'fal_ai/bria/text-to-image/3.2': image,
    'fal_ai/bytedance/seedance-2.0/text-to-video': film,
    'fal_ai/talks': { litellm_provider: 'fal_ai', mode: 'chat', input_cost_per_token: 1 },
  });
  expect(media).toEqual({
    'bria/text-to-image/3.2': ['0.025', 'image'],
    'bytedance/seedance-2.0/text-to-video': ['0.3034', 'second'],
    'fal-ai/flux/dev': ['0.025', 'megapixel'],
  });
});

it('contract/money/prices/generated.ts is as it was written', () => {
  const file = readFileSync(new URL('../../contract/money/prices/generated.ts', import.meta.url), 'utf8');
  const { LITELLM_TEXT: text, LITELLM_EMBEDDING: embedding, LITELLM_MEDIA: media } = made;
  const of = { version: made.LITELLM_VERSION, asOf: made.LITELLM_AS_OF };
  expect(file).toBe(generatedModule({ text, embedding, media, left: [] }, of));
});
