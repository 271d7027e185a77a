import { describe, expect, it } from 'vitest';
import { closedUrl } from '../activities/testing/recorder.js';
import { nothingWasSent, ProviderError } from './provider-error.js';

const coded = (code: string, cause?: unknown): Error =>
  Object.assign(new Error(code, cause === undefined ? {} : { cause }), { code });

describe('nothingWasSent', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])('is sure of %s', (code) => {
    expect(nothingWasSent(coded(code))).toBe(true);
    expect(nothingWasSent(new TypeError('fetch failed', { cause: coded(code) }))).toBe(true);
  });

  it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT'])(
    'can not say it of %s, at which the request may have been read',
    (code) => {
      expect(nothingWasSent(new TypeError('fetch failed', { cause: coded(code) }))).toBe(false);
    },
  );

  it('wants every address of a host to have refused', () => {
    const failed = (...errors: Error[]) =>
      new TypeError('fetch failed', { cause: new AggregateError(errors) });
    expect(nothingWasSent(failed(coded('ECONNREFUSED'), coded('ECONNREFUSED')))).toBe(true);
    expect(nothingWasSent(failed(coded('ECONNREFUSED'), coded('ETIMEDOUT')))).toBe(false);
    expect(nothingWasSent(failed())).toBe(false);
  });

  it.each([[null], ['ECONNREFUSED'], [{ code: 'ECONNREFUSED' }], [new Error('ECONNREFUSED')]])(
    'is not fooled by %j',
    (error) => {
      expect(nothingWasSent(error)).toBe(false);
    },
  );

  it('knows it of a real fetch to a closed port', async () => {
    const error: unknown = await fetch(await closedUrl()).catch((thrown: unknown) => thrown);
    expect(nothingWasSent(error)).toBe(true);
  });
});

describe('ProviderError', () => {
  it('has null for what the provider did not say', () => {
    const error = new ProviderError('words', { provider: 'fal', kind: 'lost' });
    expect({ ...error }).toEqual({
      name: 'ProviderError',
      provider: 'fal',
      kind: 'lost',
      status: null,
      code: null,
      requestId: null,
      retryAfterMs: null,
      units: null,
    });
  });

  it('keeps its message short enough for a history', () => {
    expect(new ProviderError('x'.repeat(5_000), { provider: 'fal', kind: 'answered' }).message).toHaveLength(
      1_000,
    );
  });
});
