import { describe, expect, it } from 'vitest';
import { ProviderError } from '../provider-error.js';
import { firstManner, nextManner, type Manner, type Server } from './output-mode.js';

const server: Server = { isOpenAi: false, output: null };
const refusal = (status: number, message: string, code: string | null = null) =>
  new ProviderError(message, { provider: 'here', kind: 'answered', status, code });

/** All manners in which a server is asked that refuses with the same words each time. */
function chain(
  words: string,
  { status = 400, code = null as string | null, of = server, isKnown = false } = {},
) {
  const tried = [firstManner(of)];
  for (;;) {
    const next = nextManner(tried.at(-1)!, refusal(status, words, code), { server: of, tried, isKnown });
    if (!next) return tried.map(({ output, bounds, limit }) => [output, bounds, limit].join(' '));
    tried.push(next);
  }
}

const FIRST = 'json_schema all max_tokens';

describe('a refusal', () => {
  it.each([
    'response_format.type `json_schema` is unavailable now',
    'This response_format type is unavailable now',
    "'response_format.type' must be 'json_schema' or 'text'",
    'Unknown parameter: text.format',
    'Failed to parse grammar',
  ])('that says %j steps down to what is simpler', (words) => {
    const steps = [FIRST, 'json_object all max_tokens', 'text all max_tokens'];
    expect(chain(words)).toEqual(steps);
    expect(chain(words, { status: 422 })).toEqual(steps);
    expect(chain(words, { isKnown: true })).toEqual(steps);
  });

  it('of the length of a string gives that up first, then counts', () => {
    const [first, counts, none] = [FIRST, 'json_schema counts max_tokens', 'json_schema none max_tokens'];
    const known = { isKnown: true };
    expect(chain("'maxLength' is not permitted", known)).toEqual([first, counts]);
    const both = 'the keywords maxLength and minItems are not supported';
    expect(chain(both, known)).toEqual([first, counts, none]);
  });

  it('of the limit takes its other name, once', () => {
    const words = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
    expect(chain(words)).toEqual([
      ...[FIRST, 'json_schema all max_completion_tokens', 'json_schema none max_completion_tokens'],
      ...['json_object none max_completion_tokens', 'text none max_completion_tokens'],
    ]);
    expect(chain(words, { isKnown: true })).toEqual([FIRST, 'json_schema all max_completion_tokens']);
  });

  it('that gives no reason is tried in every way on a first call, and told at once later', () => {
    const all = [FIRST, 'json_schema none max_tokens', 'json_object none max_tokens', 'text none max_tokens'];
    expect(chain('Bad Request')).toEqual(all);
    expect(chain('Bad Request', { isKnown: true })).toEqual([FIRST]);
    const openAi = { isOpenAi: true, output: null };
    expect(chain('Bad Request', { of: openAi })).toEqual(['json_schema counts max_completion_tokens']);
  });

  it('leaves the output that a person has set', () => {
    const of = { isOpenAi: false, output: 'json_object' } as const;
    expect(chain('response_format is not supported', { of })).toEqual(['json_object all max_tokens']);
  });

  it.each([
    [404, 'The model qwen3 does not exist', 'model_not_found'],
    [404, 'Not Found', null],
    [400, "This model's maximum context length is 4096 tokens", 'context_length_exceeded'],
    [400, 'the request exceeds the available context size, max_tokens is 4000', null],
    [400, 'Rejected by the content filter; response_format json_schema', 'content_filter'],
    [400, 'Your credit balance is too low', null],
    ...[401, 402, 403, 408, 409, 413, 429, 500, 501, 503].map(
      (status) => [status, 'response_format json_schema is not supported', null] as const,
    ),
  ] as const)('with %i %j is not of the form', (status, words, code) => {
    expect(chain(words, { status, code })).toEqual([FIRST]);
  });

  it.each(['lost', 'unreachable'] as const)('is not what a call is that was %s', (kind) => {
    const manner: Manner = firstManner(server);
    const error = new ProviderError('response_format', { provider: 'here', kind, status: 400 });
    expect(nextManner(manner, error, { server, tried: [manner], isKnown: false })).toBeNull();
  });
});
