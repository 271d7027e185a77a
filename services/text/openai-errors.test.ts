import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { NO_SECRETS } from '../secrets.js';
import { asProviderError } from './openai-errors.js';

/** The client's error for an answer, made as the client makes it. */
const answered = (status: number, body: string, headers: Record<string, string> = {}) => {
  let json: object | undefined;
  try {
    json = JSON.parse(body) as object;
  } catch {
    json = undefined;
  }
  return OpenAI.APIError.generate(status, json, json ? undefined : body, new Headers(headers));
};
const problem = (message: string, rest: object = {}) => JSON.stringify({ error: { message, ...rest } });

describe('an answer of OpenAI that is an error', () => {
  it("is told by its status and the provider's words, with the request id", () => {
    const error = answered(404, problem('No such model.', { code: 'model_not_found' }), {
      'x-request-id': 'req_1',
    });
    expect(asProviderError(error, 'openai', NO_SECRETS)).toMatchObject({
      message: 'openai: 404 No such model.',
      kind: 'answered',
      status: 404,
      code: 'model_not_found',
      requestId: 'req_1',
    });
  });

  it('never tells the key', () => {
    const words = 'Incorrect API key provided: sk-abc123def456. You can find your API key at …';
    expect(asProviderError(answered(401, problem(words)), 'openai', NO_SECRETS).message).toBe(
      'openai: 401 Incorrect API key provided: [key]. You can find your API key at …',
    );
  });

  it.each([
    [
      '<html><head><title>502 Bad Gateway</title></head></html>',
      'openai: HTTP 502: a web page, “502 Bad Gateway”',
    ],
    ['upstream connect error', 'openai: HTTP 502: upstream connect error'],
    ['', 'openai: HTTP 502'],
    ['{"detail":"Bad gateway"}', 'openai: HTTP 502'],
    [problem(''), 'openai: 502 {"message":""}'],
    ['{"error":"no model is loaded"}', 'openai: 502 "no model is loaded"'],
  ])('with the body %j reads %j', (body, message) => {
    expect(asProviderError(answered(502, body), 'openai', NO_SECRETS).message).toBe(message);
  });

  it('is a used-up quota by its type, whichever limit its code names', () => {
    const body = problem('…', { type: 'insufficient_quota', code: 'some_newer_limit_exceeded' });
    expect(asProviderError(answered(429, body), 'openai', NO_SECRETS).code).toBe('insufficient_quota');
  });

  it.each([
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
    [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9_000],
    [{}, null],
  ])('asks to wait with %j for %j ms, on 503 as on 429', (headers, ms) => {
    for (const status of [429, 503])
      expect(
        asProviderError(answered(status, problem('…'), headers), 'openai', NO_SECRETS).retryAfterMs,
      ).toBe(ms);
  });

  it('asks to wait until a date', () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const { retryAfterMs } = asProviderError(
      answered(429, problem('…'), { 'retry-after': date }),
      'openai',
      NO_SECRETS,
    );
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('that is none of the client is thrown as it is', () => {
    const bug = new Error('a bug');
    expect(() => asProviderError(bug, 'openai', NO_SECRETS)).toThrow(bug);
  });

  it('that the client stumbles over is lost, in the name of the server', () => {
    const error = asProviderError(
      new RangeError('Maximum call stack size exceeded'),
      'openrouter.ai',
      NO_SECRETS,
    );
    expect(error).toMatchObject({ kind: 'lost', provider: 'openrouter.ai' });
    expect(error.message).toBe(
      'openrouter.ai: the answer could not be read: Maximum call stack size exceeded',
    );
  });

  it('has no code where a server repeats the status as one', () => {
    expect(asProviderError(answered(400, problem('…', { code: 400 })), 'openai', NO_SECRETS).code).toBeNull();
  });
});
