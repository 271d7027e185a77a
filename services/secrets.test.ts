import { describe, expect, it } from 'vitest';
import { createSecrets } from './secrets.js';

const KEY = 'Zq9!k_X-4v/T2+mL7&wP=b~House';

describe('mask', () => {
  const { mask } = createSecrets([KEY, null, '', 'studio-7:Kite+Lark99', 'hunter22', 'postgres', 'short1']);

  it.each([
    [`"${KEY}"`, '"[key]"'],
    [`a ${KEY}${KEY} b`, 'a [key] b'],
    [JSON.stringify(JSON.stringify({ k: KEY })), String.raw`"{\"k\":\"[key]\"}"`],
    [encodeURIComponent(encodeURIComponent(KEY)), '[key]'],
    [`${KEY.slice(0, 12)}****${KEY.slice(-12)}`, '[key]****[key]'],
    [Buffer.from(KEY).toString('hex').toUpperCase(), '[key]'],
    [String(Buffer.from(KEY).toString('hex').match(/../g)?.join(' ')), '[key]'],
    ['id studio-7, Kite+Lark99', 'id [key], [key]'],
    ['pw hunter22.', 'pw [key].'],
  ])('of %s', (text, masked) => {
    expect(mask(text)).toBe(masked);
  });

  it.each(['x', 'xy', 'xyz', 'user:', '{"authorization":"Bearer '])('finds base64 after %j', (before) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      const text = Buffer.from(`${before}${KEY}tail`).toString(encoding);
      // At either end a digit shares its bits with what stands beside the key.
      const own = Buffer.from(KEY).length * (8 / 6);
      expect(mask(text).replace('[key]', '').length).toBeLessThanOrEqual(text.length - own + 4);
    }
  });

  it.each([
    'PostgreSQL, postgres and short1 are words',
    'Rate limit reached for gpt-6-luna: Limit 30000, Requested 1200',
    `${KEY.slice(0, 8)} is too little to tell`,
    '100% \\u0041 &amp; %41',
    '',
  ])('leaves %j as it is', (text) => {
    expect(mask(text)).toBe(text);
  });

  it.each(['x', '%25', '\\"', KEY.slice(0, 11), KEY])('of 64 KB of %j is done at once', (part) => {
    const started = performance.now();
    mask(part.repeat(65_536 / part.length));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

it('without secrets every text stays', () => {
  expect(createSecrets(['none', undefined]).mask(`none ${KEY}`)).toBe(`none ${KEY}`);
});
