import { describe, expect, it } from 'vitest';
import { closedUrl } from '../activities/testing/recorder.js';
import { nothingWasSent, ProviderError, retryAfterMs } from './provider-error.js';
import { failure } from './testing/failure.js';

const coded = (code: string): Error => Object.assign(new Error(code), { code });

describe('nothingWasSent', () => {
  const inFetch = (cause: Error) => new TypeError('fetch failed', { cause });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])('is sure of %s', (code) => {
    expect(nothingWasSent(coded(code))).toBe(true);
    expect(nothingWasSent(inFetch(coded(code)))).toBe(true);
  });

  it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT'])(
    'can not say it of %s, at which the request may have been read',
    (code) => expect(nothingWasSent(inFetch(coded(code)))).toBe(false),
  );

  it('wants every address of a host to have refused', () => {
    const failed = (...errors: Error[]) => inFetch(new AggregateError(errors));
    expect(nothingWasSent(failed(coded('ECONNREFUSED'), coded('ECONNREFUSED')))).toBe(true);
    expect(nothingWasSent(failed(coded('ECONNREFUSED'), coded('ETIMEDOUT')))).toBe(false);
    expect(nothingWasSent(failed())).toBe(false);
  });

  it.each([[null], ['ECONNREFUSED'], [{ code: 'ECONNREFUSED' }], [new Error('ECONNREFUSED')]])(
    'is not fooled by %j',
    (error) => expect(nothingWasSent(error)).toBe(false),
  );

  it('knows it of a real fetch to a closed port', async () => {
    expect(nothingWasSent(await failure(fetch(await closedUrl())))).toBe(true);
  });
});

describe('ProviderError', () => {
  it('has null for what the provider did not say', () => {
    const nothing = { status: null, code: null, requestId: null, retryAfterMs: null, units: null };
    const error = new ProviderError('words', { provider: 'fal', kind: 'lost' });
    expect({ ...error }).toEqual({ name: 'ProviderError', provider: 'fal', kind: 'lost', ...nothing });
  });

  it('keeps its message short enough for a history', () => {
    const { message } = new ProviderError('x'.repeat(5_000), { provider: 'fal', kind: 'answered' });
    expect(message).toHaveLength(1_000);
  });
});

const now = Date.parse('2026-11-24T12:00:00Z');

it.each<[string | null | undefined, number | null]>([
  ['7', 7_000],
  ['0.5', 500],
  [' 20 ', 20_000],
  ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
  ['Tuesday, 24-Nov-26 12:00:30 GMT', 30_000],
  ['Tue Nov 24 12:00:30 2026 GMT', 30_000],
  ['Tue, 24 Nov 2026 11:59:00 GMT', null],
  ['0', null],
  ['-1', null],
  ['soon', null],
  ['2027', 2_027_000],
  ['1e3', null],
  ['', null],
  [null, null],
  [undefined, null],
])('Retry-After %j is %j ms', (header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms);
});
