import { expect, it } from 'vitest';
import {
  embeddingPrice,
  estimateEmbedding,
  estimateText,
  plainUsage,
  priceEmbedding,
  priceText,
  type TextUsage,
} from './text-price.js';
import { isOwnServer, OWN_SERVER, parseTextRate } from './text-rate.js';

const LUNA = 'gpt-6-luna';
const TERRA = 'gpt-6.1-terra';
const usage = (input: number, output: number, rest: Partial<TextUsage> = {}): TextUsage => ({
  ...plainUsage(input, output),
  ...rest,
});

// Each sum by hand: 1 USD per million tokens is 1,000 nano-USD a token.
const written = { cacheWrite: 1_024, cacheWrite12h: 1_024 };
const both = { cached: 1_000, cacheWrite: 2_000, cacheWrite12h: 500 };
const long = usage(300_000, 1_000, { cached: 100_000, cacheWrite: 50_000, cacheWrite12h: 10_000 });

it.each<[what: string, model: string, usage: TextUsage, nano: number]>([
  ['plain tokens', LUNA, usage(1_000, 500), 1_000 * 100 + 500 * 500],
  ['reasoning, part of output', TERRA, usage(10, 300, { reasoning: 250 }), 10 * 1_000 + 300 * 5_000],
  ['cached, part of input', LUNA, usage(1_200, 300, { cached: 1_024 }), 176 * 100 + 1_024 * 10 + 300 * 500],
  // @pydantic/genai-prices 0.1.8 has $0.0015588 for it: 176 * 750 + 1,024 * 75 + 300 * 4,500.
  ['cached where writing is free', 'gpt-5.4-mini', usage(1_200, 300, { cached: 1_024 }), 1_558_800],
  // @pydantic/genai-prices 0.1.8 has $0.0006512 for it: 176 * 200 + 1,024 * 250 + 300 * 1,200.
  ['written for 30 minutes', 'gpt-5.6-luna', usage(1_200, 300, { cacheWrite: 1_024 }), 651_200],
  // 176 * 200 + 1,024 * 500 + 300 * 1,200
  ['written for 12 hours', 'gpt-5.6-luna', usage(1_200, 300, written), 907_200],
  // 1,000 * 1,000 + 1,000 * 50 + 1,500 * 1,250 + 500 * 2,500 + 100 * 5,000
  ['written for both, and cached', TERRA, usage(4_000, 100, both), 4_675_000],
  ['written at the price of plain ones', 'gpt-5.4', usage(2_000, 10, written), 2_000 * 2_500 + 10 * 15_000],
  ['input exactly on the long-context line', TERRA, usage(272_000, 100), 272_000 * 1_000 + 100 * 5_000],
  ['one token over it: all of it is dearer', TERRA, usage(272_001, 100), 272_001 * 2_000 + 100 * 7_500],
  ['a dated name', 'gpt-6-luna-2026-09-01', usage(3, 2), 3 * 100 + 2 * 500],
  ['nothing', LUNA, usage(0, 0), 0],
])('%s', (_, model, tokens, nano) => {
  expect(priceText(model, tokens, null)?.amount).toBe(nano);
});

it.each<[tier: string, model: string, usage: TextUsage, nano: number]>([
  ['default', TERRA, usage(2_000, 300), 2_000 * 1_000 + 300 * 5_000],
  ['flex', TERRA, usage(1_000, 100), (1_000 * 1_000 + 100 * 5_000) / 2],
  ['batch', 'gpt-6-sol', usage(1_000, 100), (1_000 * 2_000 + 100 * 10_000) / 2],
  ['priority', TERRA, usage(1_000, 100), (1_000 * 1_000 + 100 * 5_000) * 2],
  // Two and a half times: 800 * 12,500 + 200 * 1,250 + 100 * 75,000.
  ['priority', 'gpt-5.5', usage(1_000, 100, { cached: 200 }), 17_750_000],
  ['ultrafast', 'gpt-6.1-sol', usage(1_000, 100), 1_000 * 12_000 + 100 * 60_000],
  // (150,000 * 200 + 100,000 * 20 + 40,000 * 250 + 10,000 * 500 + 1,000 * 750) / 2
  ['flex', LUNA, long, 23_875_000],
  // 5 for the cached token and 62.5 for the written one: 67.5, rounded up once.
  ['flex', LUNA, usage(2, 0, { cached: 1, cacheWrite: 1 }), 68],
  // 62.5 twice is 125: rounding each would make it 126.
  ['flex', LUNA, usage(2, 0, { cacheWrite: 2 }), 125],
  // 37.5 for a cached token at half price.
  ['batch', 'gpt-5.4-mini', usage(1, 0, { cached: 1 }), 38],
])('at the tier %s of %s: %j', (tier, model, tokens, nano) => {
  expect(priceText(model, tokens, tier)?.amount).toBe(nano);
});

it.each(['llama-7', 'gpt-6-luna-turbo', 'constructor', ''])('is not known for %j', (model) => {
  expect(priceText(model, usage(1, 1), null)).toBeNull();
});

it('is estimated at the dearest price for an unknown model, never at 0', () => {
  expect(estimateText('llama-7', usage(1, 1)).amount).toBe(10_000 + 50_000);
  expect(estimateText(LUNA, usage(1, 1)).amount).toBe(100 + 500);
});

it.each([
  ['text-embedding-3-small', 30, 30 * 20],
  ['text-embedding-3-large', 1_000, 1_000 * 130],
  ['text-embedding-3-small', 0, 0],
])('an embedding by %s of %i tokens costs %i nano-USD', (model, tokens, nano) => {
  expect(priceEmbedding(model, tokens)?.amount).toBe(nano);
  expect(estimateEmbedding(model, tokens).amount).toBe(nano);
});

it('the price of an embedding is named', () => {
  expect(priceEmbedding('text-embedding-3-small', 1)?.unitPrice).toBe('0.02 in USD per million tokens');
  const price = { usd: '0.13', asOf: '2026-11-24', source: 'litellm' };
  expect(embeddingPrice('text-embedding-3-large')).toEqual(price);
});

it.each(['nomic-embed-text', 'constructor', ''])('%j is estimated at the dearest embedding', (model) => {
  expect(priceEmbedding(model, 10)).toBeNull();
  expect(estimateEmbedding(model, 10).amount).toBe(10 * 200);
});

it("an embedding costs the server's own price where that has one", () => {
  expect(priceEmbedding('text-embedding-3-small', 10, OWN_SERVER)?.amount).toBe(0);
  expect(estimateEmbedding('nomic-embed-text', 10, parseTextRate('0.50/2')).amount).toBe(10 * 500);
});

const words = '0.15 in, 0.60 out USD per million tokens (OPENAI_PRICE)';

it.each(['0.15/0.60', '0.15 / 0.60'])('the price %j of one’s own is of input and output', (value) => {
  expect(parseTextRate(value)).toMatchObject({ input: '0.15', cached: '0.15', output: '0.60', words });
});

const NO_RATES = ['0.15', '0.15/', '/0.6', '-1/2', '1e3/2', 'free', '1/2/3', '0,15/0,60', '123456/1'];
it.each(NO_RATES)('%j is no price of one’s own', (value) => expect(parseTextRate(value)).toBeNull());

it('a price of one’s own prices every model, cached tokens as plain ones, whatever the tier', () => {
  const rate = parseTextRate('0.15/0.60');
  const tokens = usage(1_001, 333, { cached: 500 });
  // 1,001 × 0.15 + 333 × 0.60 = 349.95 micro-USD
  expect(priceText(TERRA, tokens, 'priority', rate)).toEqual({ amount: 349_950, unitPrice: words });
  expect(estimateText('qwen3', tokens, rate).amount).toBe(349_950);
});

it('a price of one’s own is 0 for a server of one’s own, whatever its model is called', () => {
  const priced = { amount: 0, unitPrice: "0 USD, a server of one's own" };
  expect(priceText(TERRA, usage(300_000, 9_000), 'priority', OWN_SERVER)).toEqual(priced);
  expect(estimateText(TERRA, usage(300_000, 9_000), OWN_SERVER)).toEqual(priced);
});

it.each([
  ...['localhost', 'LOCALHOST:8080', '127.0.0.1:11434', '127.9.9.9', '[::1]:8080', '10.0.0.5', '172.16.0.1'],
  ...['172.31.255.1', '192.168.1.20:1234', '[fd12:3456::1]', '[fe80::1]', '[::ffff:127.0.0.1]', '2130706433'],
  ...['mac.local', 'mac.local.', 'host.docker.internal', 'ollama:11434', 'gpu.lan', 'box.home.arpa'],
  'a.localhost',
])('%s is a server of one’s own', (host) => expect(isOwnServer(`http://${host}/v1`)).toBe(true));

it.each([
  ...['api.openai.com', 'openrouter.ai', '8.8.8.8', '172.32.0.1', '172.15.0.1', '11.0.0.1', '192.169.0.1'],
  ...['[2001:db8::1]', '[::ffff:8.8.8.8]', '10.example.com', '127.0.0.1.example.com', 'local.example.com'],
  ...['localhost.example.com', 'notlocal.com', '[fe00::1]'],
])('%s is no server of one’s own', (host) => expect(isOwnServer(`https://${host}/v1`)).toBe(false));
