import { describe, expect, it } from 'vitest';
import { estimateText, plainUsage, priceText } from './text-price.js';
import { isOwnServer, OWN_SERVER, parseTextRate } from './text-rate.js';

describe('a price of one’s own', () => {
  it.each(['0.15/0.60', '0.15 / 0.60'])('reads %j as input and output', (value) => {
    expect(parseTextRate(value)).toMatchObject({
      ...{ input: '0.15', cached: '0.15', output: '0.60' },
      words: '0.15 in, 0.60 out USD per million tokens (OPENAI_PRICE)',
    });
  });

  it.each(['0.15', '0.15/', '/0.6', '-1/2', '1e3/2', 'free', '1/2/3', '0,15/0,60', '123456/1'])(
    'does not read %j',
    (value) => expect(parseTextRate(value)).toBeNull(),
  );

  it('prices every model, cached tokens as plain ones, whatever the tier', () => {
    const usage = { ...plainUsage(1_001, 333), cached: 500 };
    // 1,001 × 0.15 + 333 × 0.60 = 349.95 micro-USD
    expect(priceText('gpt-6.1-terra', usage, 'priority', parseTextRate('0.15/0.60'))).toEqual({
      amount: 349_950,
      unitPrice: '0.15 in, 0.60 out USD per million tokens (OPENAI_PRICE)',
    });
    expect(estimateText('qwen3', usage, parseTextRate('0.15/0.60')).amount).toBe(349_950);
  });

  it('is 0 for a server of one’s own, whatever its model is called', () => {
    const priced = { amount: 0, unitPrice: "0 USD, a server of one's own" };
    expect(priceText('gpt-6.1-terra', plainUsage(300_000, 9_000), 'priority', OWN_SERVER)).toEqual(priced);
    expect(estimateText('gpt-6.1-terra', plainUsage(300_000, 9_000), OWN_SERVER)).toEqual(priced);
  });
});

describe('a server of one’s own', () => {
  it.each([
    ...[
      'localhost',
      'LOCALHOST:8080',
      '127.0.0.1:11434',
      '127.9.9.9',
      '[::1]:8080',
      '10.0.0.5',
      '172.16.0.1',
    ],
    ...[
      '172.31.255.1',
      '192.168.1.20:1234',
      '[fd12:3456::1]',
      '[fe80::1]',
      '[::ffff:127.0.0.1]',
      '2130706433',
    ],
    ...[
      'mac.local',
      'mac.local.',
      'host.docker.internal',
      'ollama:11434',
      'gpu.lan',
      'box.home.arpa',
      'a.localhost',
    ],
  ])('is %s', (host) => expect(isOwnServer(`http://${host}/v1`)).toBe(true));

  it.each([
    ...['api.openai.com', 'openrouter.ai', '8.8.8.8', '172.32.0.1', '172.15.0.1', '11.0.0.1', '192.169.0.1'],
    ...['[2001:db8::1]', '[::ffff:8.8.8.8]', '10.example.com', '127.0.0.1.example.com', 'local.example.com'],
    ...['localhost.example.com', 'notlocal.com', '[fe00::1]'],
  ])('is not %s', (host) => expect(isOwnServer(`https://${host}/v1`)).toBe(false));
});
