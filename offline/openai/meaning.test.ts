import OpenAI from 'openai';
import { beforeAll, describe, expect, it } from 'vitest';
import { useStandIns } from '../testing/use-stand-ins.js';

const used = useStandIns();
let client: OpenAI;
beforeAll(() => {
  client = new OpenAI({ apiKey: 'sample', baseURL: used.standIns.openAiBaseUrl, maxRetries: 0 });
});

describe('embeddings', () => {
  const model = 'text-embedding-3-small';
  const embed = (input: string | string[], more: object = {}) =>
    client.embeddings.create({ model, input, ...more });
  const vectors = async (texts: string[], more: object = {}): Promise<number[][]> =>
    (await embed(texts, { encoding_format: 'float', ...more })).data.map(({ embedding }) => embedding);
  const cosine = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, number, at) => sum + number * (b[at] ?? 0), 0);

  it('are near where texts share words, in any form, and far where they share none', async () => {
    const question = 'How do I feed a sourdough starter?';
    const near = 'Feeding starters: twice a day, before they are hungry';
    const [asked, close, far, same] = await vectors([question, near, 'GPU prices fell in March', question]);
    expect(cosine(asked!, same!)).toBeCloseTo(1, 5);
    expect(cosine(asked!, close!)).toBeGreaterThan(0.4);
    expect(Math.abs(cosine(asked!, far!))).toBeLessThan(0.2);
    expect(cosine(close!, close!)).toBeCloseTo(1, 5);
  });

  it('are of the length of the model, or the one that is asked for, and the same as base64', async () => {
    expect((await vectors(['a b']))[0]).toHaveLength(1_536);
    expect((await vectors(['rye'], { model: 'text-embedding-3-large' }))[0]).toHaveLength(3_072);
    const asked = ['rye bread', '?'];
    const plain = await vectors(asked, { dimensions: 8 });
    // The client asks for base64 unless it is told otherwise, and decodes it.
    const { data } = await embed(asked, { dimensions: 8 });
    const rounded = (vector: readonly number[]) => [...vector].map((one) => one.toFixed(5));
    expect(data.map(({ index, embedding }) => [index, rounded(embedding)])).toEqual([
      [0, rounded(plain[0]!)],
      [1, rounded(plain[1]!)],
    ]);
    expect(cosine(plain[1]!, plain[1]!)).toBeCloseTo(1, 5);
  });

  it('are billed by what was read', async () => {
    const { usage } = await embed(['four', 'and eight']);
    expect(usage).toEqual({ prompt_tokens: 4, total_tokens: 4 });
    const facts = { provider: 'openai', model, quantity: 4, amountNano: 4 * 20 };
    expect(await used.bill()).toMatchObject([{ ...facts, usage: { input: 4, cached: 0, output: 0 } }]);
  });

  it.each<[string | string[], object, object]>([
    ['', {}, { status: 400 }],
    [[], {}, { status: 400 }],
    [['a', ''], {}, { status: 400 }],
    ['x '.repeat(20_000), {}, { status: 400 }],
    ['a', { dimensions: 0 }, { status: 400 }],
    ['a', { encoding_format: 'int8' }, { status: 400 }],
    ['a', { model: 'gpt-6-luna' }, { code: 'model_not_found' }],
  ])('are refused, unbilled, where OpenAI refuses: %.20j %j', async (input, more, facts) => {
    await expect(embed(input, more)).rejects.toMatchObject(facts);
    expect(await used.bill()).toEqual([]);
  });

  it('fail by faults of embeddings, and not as only texts can', async () => {
    used.control.fail({ on: 'openai', kind: 'refusal' });
    used.control.fail({ on: 'openai', kind: 'drop-after', match: '^embedding' });
    await expect(embed('a')).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    expect(await used.bill()).toHaveLength(1);
    expect((await embed('a')).data).toHaveLength(1);
  });
});

describe('moderation', () => {
  const moderate = (input: OpenAI.ModerationCreateParams['input']) => client.moderations.create({ input });

  it('flags the words that it knows, of each text, for nothing', async () => {
    const texts = ['How do I  feed a starter?', 'I WANT to\nhurt somebody', 'I want to hurt myself'];
    const { results } = await moderate(texts);
    const named = results.map(({ categories }) =>
      Object.entries(categories).flatMap(([name, is]) => (is ? [name] : [])),
    );
    expect(named).toEqual([[], ['violence'], ['self-harm/intent', 'violence']]);
    expect(results.map(({ flagged }) => flagged)).toEqual([false, true, true]);
    expect(await used.bill()).toEqual([]);
  });

  it('takes one text, and the parts of one', async () => {
    const text = 'I want to hurt you';
    for (const input of [text, [{ type: 'text' as const, text }]])
      expect((await moderate(input)).results.map(({ flagged }) => flagged)).toEqual([true]);
    await expect(moderate(undefined as unknown as string)).rejects.toMatchObject({ status: 400 });
  });

  it('fails at a point of its own', async () => {
    used.control.fail({ on: 'openai', kind: 'status', status: 500 });
    for (const kind of ['status', 'drop-before', 'drop-after'] as const) {
      used.control.fail({ on: 'moderation', kind, status: 429 });
      await expect(moderate('a')).rejects.toThrow(kind === 'status' ? /^429/ : 'Connection error.');
    }
    expect((await moderate('a')).results).toHaveLength(1);
  });
});
