import { describe, expect, it } from 'vitest';
import { completion, failure, JSON_TEXT, question, send, useVendor } from './testing/vendor.js';

const { serve, told, calls } = useVendor();

const FAILED = { outcome: 'failed' };
const MALFORMED = { outcome: 'malformed' };
const deep = `{"choices":[{"message":{"content":${'['.repeat(20_000)}${']'.repeat(20_000)}}}]}`;

describe('a hostile server', () => {
  it.each([
    ['no choices', { choices: [] }, FAILED],
    ['choices null', { choices: null }, FAILED],
    ['choices of text', { choices: 'many' }, FAILED],
    ['a choice of text', { choices: ['one'] }, FAILED],
    ['nothing', {}, FAILED],
    [
      'an error with status 200',
      { error: { code: 502, message: 'Provider\nreturned error' } },
      { ...FAILED, detail: 'Provider returned error' },
    ],
    [
      'an error in the choice',
      { choices: [{ error: { message: 'no' }, message: { content: 'x' } }] },
      { ...FAILED, detail: 'no' },
    ],
    ['no message', { choices: [{}] }, MALFORMED],
    ['a message of text', { choices: [{ message: 'hi' }] }, MALFORMED],
    ['content null', completion(null), { ...MALFORMED, detail: 'an empty answer' }],
    ['content that is a number', completion(7), MALFORMED],
    ['content that is an object', completion({ type: 'text', text: [] }), MALFORMED],
    ['parts that are none', completion([null, 7, [], { type: {} }]), MALFORMED],
    [
      'names that are objects',
      completion(JSON_TEXT, { model: {}, id: [], service_tier: 7 }),
      { outcome: 'ok', model: 'qwen3', tier: null },
    ],
    [
      'a refusal of many lines',
      completion(null, { choices: [{ message: { refusal: 'No.\nNo.' } }] }),
      { outcome: 'refused', detail: 'No. No.' },
    ],
    [
      'a refusal in parts',
      completion([{ type: 'refusal', refusal: 'No.' }]),
      { outcome: 'refused', detail: 'No.' },
    ],
    ['10 MB of brackets as content', completion('{'.repeat(10_000_000)), MALFORMED],
    [
      '20,000 levels as content',
      completion(`{"title":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
      MALFORMED,
    ],
    ['20,000 levels in the document', deep, MALFORMED],
  ])('that answers with %s comes to an outcome after one POST', async (_what, body, outcome) => {
    const answer = await told(body);
    expect(answer).toMatchObject(outcome);
    expect((answer as { detail?: string }).detail ?? '').toMatch(/^[^\n]{0,1000}$/);
    expect(calls()).toHaveLength(1);
  });

  it.each([
    ['no output', {}, FAILED],
    ['output null', { status: 'completed', output: null }, { ...MALFORMED, detail: 'an empty answer' }],
    ['output of text', { status: 'completed', output: 'x' }, MALFORMED],
    [
      'items that are none',
      { status: 'completed', output: [null, 7, { type: 'message', content: null }] },
      MALFORMED,
    ],
    ['text beside the output', { status: 'completed', output_text: JSON_TEXT }, { outcome: 'ok' }],
    ['a state of its own', { status: 'queued', output: [] }, { ...FAILED, detail: 'the answer is queued' }],
    ['a failure without words', { status: 'failed', error: {} }, FAILED],
  ])('that answers over the Responses API with %s comes to one too', async (_what, body, outcome) => {
    expect(await told(body, { api: 'responses' })).toMatchObject({ usage: null, ...outcome });
    expect(calls()).toHaveLength(1);
  });

  it.each([
    ['a web page', '<!doctype html><title>Sign in</title>', 'a web page, “Sign in”'],
    ['nothing', '', 'it is empty'],
    ['a list', '[1]', '[1]'],
    ['10 MB of brackets', '{'.repeat(10_000_000), '{'.repeat(200)],
    ['17 MB', `"${'x'.repeat(17_000_000)}"`, 'the answer is over 16 MB'],
  ])('that answers with %s is lost after one POST, with its request id', async (_what, body, words) => {
    const error = await failure(told(body));
    expect(error).toMatchObject({ name: 'ProviderError', kind: 'lost', requestId: 'req_7' });
    expect(error.message).toContain(words);
    expect(error.message.length).toBeLessThanOrEqual(1_000);
    expect(calls()).toHaveLength(1);
  });

  it.each([
    ['nested 20,000 levels deep', `{"error":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
    ['of 10 MB', JSON.stringify({ error: { message: 'x'.repeat(10_000_000), code: {} } })],
  ])('that refuses with a document %s is told in one line', async (_what, body) => {
    const text = await serve((_call, response) => send(response, body, 403));
    const error = await failure(text.ask(question));
    expect(error).toMatchObject({ name: 'ProviderError', code: null });
    expect(error.message.length).toBeLessThanOrEqual(1_000);
    expect(calls()).toHaveLength(1);
  });
});
