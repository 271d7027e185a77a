import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { NO_SECRETS } from '../secrets.js';
import { asProviderError } from './openai-errors.js';

/** The client's error for an answer, made as the client makes it, in our words. */
const told = (status: number, body: string, headers: Record<string, string> = {}) => {
  const json = body.startsWith('{') ? (JSON.parse(body) as object) : undefined;
  const error = OpenAI.APIError.generate(status, json, json ? undefined : body, new Headers(headers));
  return asProviderError(error, 'openai', NO_SECRETS);
};
const problem = (message: string, rest: object = {}) => JSON.stringify({ error: { message, ...rest } });

describe('an answer of OpenAI that is an error', () => {
  it('is told with its status and request id', () => {
    const error = told(404, problem('No such model.'), { 'x-request-id': 'req_1' });
    expect(error).toMatchObject({ kind: 'answered', status: 404, requestId: 'req_1' });
  });

  const page = '<html><head><title>Bad Gateway</title></head></html>';
  it.each([
    [502, problem('No such model.'), 'openai: 502 No such model.'],
    [
      401,
      problem('Incorrect API key provided: sk-abc123def456. See …'),
      'openai: 401 Incorrect API key provided: [key]. See …',
    ],
    [502, page, 'openai: HTTP 502: a web page, “Bad Gateway”'],
    [502, 'upstream connect error', 'openai: HTTP 502: upstream connect error'],
    [502, '', 'openai: HTTP 502'],
    [502, '{"detail":"Bad gateway"}', 'openai: HTTP 502'],
    [502, problem(''), 'openai: 502 {"message":""}'],
    [502, '{"error":"no model is loaded"}', 'openai: 502 "no model is loaded"'],
  ])('of status %i with the body %j reads %j', (status, body, message) => {
    expect(told(status, body).message).toBe(message);
  });

  it.each([
    ['model_not_found', { code: 'model_not_found' }],
    // Whichever limit its code names.
    ['insufficient_quota', { type: 'insufficient_quota', code: 'some_newer_limit_exceeded' }],
    // Some servers repeat the status as one.
    [null, { code: 400 }],
  ])('has the code %j where it says %j', (code, rest) => {
    expect(told(400, problem('…', rest)).code).toBe(code);
  });

  it.each([
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
    [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9_000],
    [{}, null],
  ])('asks to wait with %j for %j ms, on 503 as on 429', (headers, ms) => {
    for (const status of [429, 503]) expect(told(status, problem('…'), headers).retryAfterMs).toBe(ms);
  });

  it('that is none of the client is thrown as it is', () => {
    const bug = new Error('a bug');
    expect(() => asProviderError(bug, 'openai', NO_SECRETS)).toThrow(bug);
  });

  it('that the client stumbles over is lost, in the name of the server', () => {
    const error = asProviderError(new RangeError('Maximum call stack'), 'openrouter.ai', NO_SECRETS);
    expect(error).toMatchObject({ kind: 'lost', provider: 'openrouter.ai' });
    expect(error.message).toBe('openrouter.ai: the answer could not be read: Maximum call stack');
  });
});
