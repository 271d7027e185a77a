import { describe, expect, it } from 'vitest';
import { completion, JSON_TEXT, question, useVendor, VALUE } from './testing/vendor.js';

const { serve, told, vendor } = useVendor();

describe('a sloppy server', () => {
  it('may answer in parts', async () => {
    const parts = [
      { type: 'thinking', text: 'Hmm {' },
      { type: 'text', text: JSON_TEXT.slice(0, 9) },
      { type: 'text', text: { value: JSON_TEXT.slice(9) } },
    ];
    expect(await told(completion(parts))).toMatchObject({ outcome: 'ok', value: VALUE });
  });

  it.each([
    undefined,
    null,
    {},
    [],
    'none',
    { prompt_tokens: '12', completion_tokens: 3 },
    { prompt_tokens: -1 },
  ])('may tell the usage as %j, which is then not known', async (usage) => {
    expect(await told(completion(JSON_TEXT, { usage }))).toMatchObject({
      ...{ outcome: 'ok', usage: null, billed: null, model: 'qwen3', tier: null },
    });
  });

  it('may leave out everything but the content', async () => {
    expect(await told({ choices: [{ message: { content: JSON_TEXT } }] })).toMatchObject({
      ...{ outcome: 'ok', usage: null, model: 'qwen3', requestId: 'req_7' },
    });
  });

  it('names the call in its answer where no header does', async () => {
    const text = await serve((_call, response) => response.end(JSON.stringify(completion(JSON_TEXT))));
    expect(await text.ask(question)).toMatchObject({ outcome: 'ok', requestId: 'gen-1' });
  });

  it('may name the cost', async () => {
    const usage = { prompt_tokens: 1_000, completion_tokens: 50, cost: 0.0001234567 };
    expect(await told(completion(JSON_TEXT, { usage }))).toMatchObject({ billed: 123_457 });
  });

  it('is cut off, unless what it said was whole', async () => {
    const cut = (content: string) =>
      completion(content, { choices: [{ finish_reason: 'length', message: { content } }] });
    expect(await told(cut(JSON_TEXT.slice(0, -5)))).toMatchObject({
      ...{ outcome: 'truncated', detail: 'the output limit was reached', usage: { output: 50 } },
    });
    await vendor().close();
    expect(await told(cut(`${JSON_TEXT}   \n\n`))).toMatchObject({ outcome: 'ok' });
  });

  it('is cut off too where it does not say so', async () => {
    const usage = { prompt_tokens: 1_000, completion_tokens: 500 };
    expect(await told(completion(JSON_TEXT.slice(0, -5), { usage }))).toMatchObject({ outcome: 'truncated' });
  });
});
