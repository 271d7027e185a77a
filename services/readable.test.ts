import { describe, expect, it } from 'vitest';
import { bodyWords, LONGEST_MESSAGE, readable } from './readable.js';

describe('readable', () => {
  it.each([
    ['Incorrect API key provided: sk-abc123def456.', 'sk-abc123def456'],
    ['Incorrect API key provided: sk-proj-aB_c-99xyz', 'sk-proj-aB_c-99xyz'],
    ['Incorrect API key provided: sk-svca****************ab12', 'ab12'],
    ['Incorrect API key provided: MyOwnKey2026', 'MyOwnKey2026'],
    ['unknown key 0f9d8c7b-1111-2222-3333-444455556666:abcdef0123456789', 'abcdef0123456789'],
    ['bad header Authorization: Bearer abc.def-123456', 'abc.def-123456'],
    ['bad header authorization: Key abcdefgh12345', 'abcdefgh12345'],
    ['connect http://desk:hunter2@proxy.example:3128 failed', 'hunter2'],
    ['GET https://example.com/a?api_key=hush&b=2', 'hush'],
    ['GET https://example.com/a.png?X-Amz-Signature=0a1b2c&x=1', '0a1b2c'],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', 'eyJzdWIi'],
  ])('masks the key in %j', (words, key) => {
    expect(readable(words)).not.toContain(key);
    expect(readable(words)).toMatch(/\[(key|token|login)\]/);
  });

  it.each([
    'The model `gpt-6-luna` does not exist or you do not have access to it.',
    'No user found for Key ID and Secret',
    "You didn't provide an API key.",
    'Rate limit reached for gpt-6-luna on tokens per min (TPM): Limit 30000, Requested 1200',
    'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.',
    'job 0f9d8c7b-1111-2222-3333-444455556666 at https://queue.fal.run/fal-ai/flux?page=2',
    'a risk-based, task-driven answer',
  ])('leaves %j alone', (words) => {
    expect(readable(words)).toBe(words);
  });

  it('is one line without control characters', () => {
    expect(readable(' one\r\n\ttwo\u0000\u001b[31m three\u2028four\u200b ')).toBe('one two [31m three four');
  });

  it('is bounded, and shows that it was cut', () => {
    const long = readable('x'.repeat(5_000));
    expect(long).toHaveLength(LONGEST_MESSAGE);
    expect(long.endsWith('…')).toBe(true);
    expect(readable('x'.repeat(LONGEST_MESSAGE))).toBe('x'.repeat(LONGEST_MESSAGE));
  });

  it('never leaves a part of a key where it cuts', () => {
    expect(readable(`${'x'.repeat(LONGEST_MESSAGE - 6)} sk-abcdefghij`)).not.toContain('abc');
  });
});

describe('bodyWords', () => {
  it.each([
    ['<html><head><title>502 Bad Gateway</title></head>…</html>', 'a web page, “502 Bad Gateway”'],
    ['<!doctype html><body><h1>Sign in</h1></body>', 'a web page, “Sign in”'],
    ['<!DOCTYPE html><p>x</p>', 'a web page'],
    ['  upstream connect error  ', 'upstream connect error'],
    ['', ''],
  ])('of %j are %j', (body, words) => {
    expect(bodyWords(body)).toBe(words);
  });

  it.each(['<title', '<h1 ', '<title><', ' '])(
    'of a megabyte of %j are there before anybody notices',
    (part) => expect(bodyWords(part.repeat(1_000_000 / part.length)).length).toBeLessThanOrEqual(201),
  );

  it('are the start of a long text', () => {
    expect(bodyWords('x'.repeat(900))).toBe(`${'x'.repeat(200)}…`);
  });
});
