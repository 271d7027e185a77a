import { describe, expect, it } from 'vitest';
import { failure } from '../testing/failure.js';
import { completion, JSON_TEXT, question, says, useVendor } from './testing/vendor.js';

const { serve, told, calls } = useVendor();

const FAILED = { outcome: 'failed' };
const MALFORMED = { outcome: 'malformed' };
const levels = '['.repeat(20_000) + ']'.repeat(20_000);
const choice = (only: object): object => ({ choices: [only] });

describe('a hostile server', () => {
  it.each([
    ['no choices', { choices: [] }, FAILED],
    ['choices null', { choices: null }, FAILED],
    ['choices of text', { choices: 'many' }, FAILED],
    ['a choice of text', { choices: ['one'] }, FAILED],
    ['nothing', {}, FAILED],
    ['an error with status 200', { error: { message: 'It\nbroke' } }, { ...FAILED, detail: 'It broke' }],
    [
      'an error in the choice',
      choice({ error: 'no', message: { content: 'x' } }),
      { ...FAILED, detail: 'no' },
    ],
    ['no message', choice({}), MALFORMED],
    ['a message of text', choice({ message: 'hi' }), MALFORMED],
    ['content null', completion(null), { ...MALFORMED, detail: 'an empty answer' }],
    ['content that is a number', completion(7), MALFORMED],
    ['content that is an object', completion({ type: 'text', text: [] }), MALFORMED],
    ['parts that are none', completion([null, 7, [], { type: {} }]), MALFORMED],
    ['an object for a name', completion(JSON_TEXT, { model: {}, id: [] }), { outcome: 'ok', model: 'qwen3' }],
    ['a number for a tier', completion(JSON_TEXT, { service_tier: 7 }), { outcome: 'ok', tier: null }],
    ['a refusal', choice({ message: { refusal: 'No.\nNo.' } }), { outcome: 'refused', detail: 'No. No.' }],
    [
      'one in parts',
      completion([{ type: 'refusal', refusal: 'No.' }]),
      { outcome: 'refused', detail: 'No.' },
    ],
    [
      'a filter',
      choice({ finish_reason: 'content_filter' }),
      { outcome: 'refused', detail: 'content_filter' },
    ],
    ['10 MB of brackets as content', completion('{'.repeat(10_000_000)), MALFORMED],
    ['20,000 levels in the document', `{"choices":[{"message":{"content":${levels}}}]}`, MALFORMED],
  ])('that answers with %s comes to an outcome after one POST', async (_what, body, outcome) => {
    const answer = await told(body);
    expect(answer).toMatchObject(outcome);
    expect((answer as { detail?: string }).detail ?? '').toMatch(/^[^\n]{0,1000}$/);
    expect(calls()).toHaveLength(1);
  });

  const incomplete = { status: 'incomplete', incomplete_details: { reason: 'content_filter' } };
  const noItems = [null, 7, { type: 'message', content: null }];
  it.each([
    ['no output', {}, FAILED],
    ['output null', { status: 'completed', output: null }, { ...MALFORMED, detail: 'an empty answer' }],
    ['output of text', { status: 'completed', output: 'x' }, MALFORMED],
    ['items that are none', { status: 'completed', output: noItems }, MALFORMED],
    ['text beside the output', { status: 'completed', output_text: JSON_TEXT }, { outcome: 'ok' }],
    ['a filter', { ...incomplete, output: [] }, { outcome: 'refused', detail: 'content_filter' }],
    ['a state of its own', { status: 'queued', output: [] }, { ...FAILED, detail: 'the answer is queued' }],
    ['a failure', { status: 'failed', error: { message: 'It broke.' } }, { ...FAILED, detail: 'It broke.' }],
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
    ['nested 20,000 levels deep', `{"error":${levels}}`],
    ['of 10 MB', JSON.stringify({ error: { message: 'x'.repeat(10_000_000), code: {} } })],
  ])('that refuses with a document %s is told in one line', async (_what, body) => {
    const error = await failure((await serve(says(body, 403))).ask(question));
    expect(error).toMatchObject({ name: 'ProviderError', code: null });
    expect(error.message.length).toBeLessThanOrEqual(1_000);
    expect(calls()).toHaveLength(1);
  });
});
