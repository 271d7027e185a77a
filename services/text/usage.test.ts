import { describe, expect, it } from 'vitest';
import { readBilled, readUsage } from './usage.js';

const chat = { prompt_tokens: 1_000, completion_tokens: 50 };
const none = { cached: 0, cacheWrite: 0, cacheWrite12h: 0, reasoning: 0 };

describe('a usage', () => {
  it.each([
    ['prompt_tokens', 'completion_tokens'],
    ['input_tokens', 'output_tokens'],
  ])('is read of either API, by %s and %s, what is left out as 0', (input, output) => {
    const usage = { [input]: 1_000, [output]: 50, [`${input}_details`]: null };
    expect(readUsage(usage)).toEqual({ input: 1_000, output: 50, ...none });
    const writes = { cache_write_tokens: 64, cache_write_tokens_details: { ttl_30m: 24, ttl_12h: 40 } };
    const details = {
      [`${input}_details`]: { cached_tokens: 900, ...writes },
      [`${output}_details`]: { reasoning_tokens: 12 },
    };
    const told = { cached: 900, cacheWrite: 64, cacheWrite12h: 40, reasoning: 12 };
    expect(readUsage({ ...usage, ...details })).toEqual({ input: 1_000, output: 50, ...told });
  });

  it('has thoughts that are counted beside the output put to it', () => {
    const beside = { ...chat, completion_tokens_details: { reasoning_tokens: 200 }, total_tokens: 1_250 };
    expect(readUsage(beside)).toMatchObject({ output: 250, reasoning: 200 });
    const within = { ...beside, completion_tokens: 250 };
    expect(readUsage(within)).toMatchObject({ output: 250, reasoning: 200 });
  });

  it.each([
    ...[undefined, null, {}, [], 'none', 12, true],
    { ...chat, prompt_tokens: '1000' },
    { ...chat, prompt_tokens: null },
    { ...chat, prompt_tokens: 0 },
    { ...chat, prompt_tokens: -1 },
    { ...chat, completion_tokens: 1.5 },
    { ...chat, completion_tokens: NaN },
    { ...chat, completion_tokens: 1e300 },
    { ...chat, prompt_tokens_details: 'many' },
    { ...chat, prompt_tokens_details: { cached_tokens: 1_001 } },
    { ...chat, prompt_tokens_details: { cached_tokens: 600, cache_write_tokens: 600 } },
    { ...chat, prompt_tokens_details: { cache_write_tokens: 1, cache_write_tokens_details: { ttl_12h: 2 } } },
    { ...chat, prompt_tokens_details: { cached_tokens: '7' } },
    { ...chat, completion_tokens_details: { reasoning_tokens: 51 } },
    { prompt_tokens: 5 },
  ])('is null where it can not be true: %j', (usage) => expect(readUsage(usage)).toBeNull());
});

describe('a cost that the server names', () => {
  it.each([
    [0, 0],
    [0.00014, 140_000],
    ['0.00014', 140_000],
    // Half a nano-dollar and more is one.
    ['0.0000000005', 1],
    ['0.00000000049999', 0],
    [1.2345678915, 1_234_567_892],
    [1e-7, 100],
    ['1.5E-3', 1_500_000],
  ])('of %j USD is %i nano-USD', (cost, nano) => expect(readBilled({ cost })).toBe(nano));

  it('has the bill of the provider behind it only for a key of one’s own there', () => {
    const usage = { cost: 0.001, cost_details: { upstream_inference_cost: '0.02' } };
    expect(readBilled(usage)).toBe(1_000_000);
    expect(readBilled({ ...usage, is_byok: true })).toBe(21_000_000);
  });

  it.each([undefined, null, '', 'free', -1, '-0.1', NaN, Infinity, 1e9, '1e999', { usd: 1 }, [1], true])(
    'is none where it is %j',
    (cost) => expect(readBilled({ cost })).toBeNull(),
  );
});
