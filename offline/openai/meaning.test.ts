import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startStandIns, type StandIns } from '../stand-ins.js';

let folder: string;
let standIns: StandIns;
let client: OpenAI;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stand-ins-'));
  standIns = await startStandIns({ folder });
  standIns.control.set({ openai: { latencyMs: 0 } });
  client = new OpenAI({ apiKey: 'sample', baseURL: standIns.openAiBaseUrl, maxRetries: 0 });
});
afterEach(() => standIns.control.clear());
afterAll(async () => {
  await standIns.close();
  await rm(folder, { recursive: true, force: true });
});

describe('embeddings', () => {
  const model = 'text-embedding-3-small';
  const embed = (input: string | string[], more: object = {}) =>
    client.embeddings.create({ model, input, ...more });
  const vectors = async (...texts: string[]): Promise<number[][]> =>
    (await embed(texts, { encoding_format: 'float' })).data.map(({ embedding }) => embedding);
  const cosine = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, number, at) => sum + number * (b[at] ?? 0), 0);
  const lastBill = async () => (await standIns.ledger()).at(-1);

  it('are near where texts share words, in any form, and far where they share none', async () => {
    const [question, near, far, same] = await vectors(
      'How do I feed a sourdough starter?',
      'Feeding starters: twice a day, before they are hungry',
      'GPU prices fell in March',
      'How do I feed a sourdough starter?',
    );
    expect(cosine(question!, same!)).toBeCloseTo(1, 5);
    expect(cosine(question!, near!)).toBeGreaterThan(0.4);
    expect(Math.abs(cosine(question!, far!))).toBeLessThan(0.2);
    expect(cosine(near!, near!)).toBeCloseTo(1, 5);
  });

  it('are of the length of the model, or the one that is asked for, and the same as base64', async () => {
    expect((await vectors('a b'))[0]).toHaveLength(1_536);
    const large = await embed('rye', { model: 'text-embedding-3-large', encoding_format: 'float' });
    expect(large.data[0]?.embedding).toHaveLength(3_072);
    const { data } = await embed(['rye bread', '?'], { dimensions: 8 });
    const plain = await embed(['rye bread', '?'], { dimensions: 8, encoding_format: 'float' });
    // The client asks for base64 unless it is told otherwise, and decodes it.
    expect(data.map(({ index, embedding }) => [index, [...embedding].map((one) => one.toFixed(5))])).toEqual(
      plain.data.map(({ index, embedding }) => [index, embedding.map((one) => one.toFixed(5))]),
    );
    expect(cosine(plain.data[1]!.embedding, plain.data[1]!.embedding)).toBeCloseTo(1, 5);
  });

  it('are billed by what was read', async () => {
    const answer = await embed(['four', 'and eight']);
    expect(answer.usage).toEqual({ prompt_tokens: 4, total_tokens: 4 });
    expect(await lastBill()).toMatchObject({
      ...{ provider: 'openai', model, quantity: 4, amountNano: 4 * 20 },
      usage: { input: 4, cached: 0, output: 0 },
    });
  });

  it('are refused, unbilled, where OpenAI refuses', async () => {
    const before = (await standIns.ledger()).length;
    for (const [input, more] of [
      ['', {}],
      [[], {}],
      [['a', ''], {}],
      ['x '.repeat(20_000), {}],
      ['a', { dimensions: 0 }],
      ['a', { encoding_format: 'int8' }],
    ] as const)
      await expect(embed(input as string, more)).rejects.toMatchObject({ status: 400 });
    await expect(embed('a', { model: 'gpt-6-luna' })).rejects.toMatchObject({ code: 'model_not_found' });
    expect(await standIns.ledger()).toHaveLength(before);
    expect((await client.models.list()).data.map(({ id }) => id)).toContain(model);
  });

  it('fail as other paid calls do', async () => {
    const before = (await standIns.ledger()).length;
    standIns.control.fail({ on: 'openai', kind: 'status', status: 429, match: '^embedding' });
    await expect(embed('a')).rejects.toMatchObject({ status: 429 });
    standIns.control.fail({ on: 'openai', kind: 'drop-before' });
    await expect(embed('a')).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    expect(await standIns.ledger()).toHaveLength(before);
    standIns.control.fail({ on: 'openai', kind: 'drop-after' });
    await expect(embed('a')).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    standIns.control.fail({ on: 'openai', kind: 'malformed' });
    expect((await embed(['a', 'b'])).data).toHaveLength(1);
    expect(await standIns.ledger()).toHaveLength(before + 2);
    // Of texts alone.
    standIns.control.fail({ on: 'openai', kind: 'refusal' });
    expect((await embed('a')).data).toHaveLength(1);
  });
});

describe('moderation', () => {
  it('flags the words that it knows, of each text, for nothing', async () => {
    const before = (await standIns.ledger()).length;
    const { results } = await client.moderations.create({
      model: 'omni-moderation-latest',
      input: ['How do I  feed a starter?', 'I WANT to\nhurt somebody', 'I want to hurt myself'],
    });
    const named = results.map(({ flagged, categories }) => [
      flagged,
      Object.entries(categories).flatMap(([name, is]) => (is ? [name] : [])),
    ]);
    expect(named).toEqual([
      [false, []],
      [true, ['violence']],
      [true, ['self-harm/intent', 'violence']],
    ]);
    expect(await standIns.ledger()).toHaveLength(before);
  });

  it('takes one text, and the parts of one', async () => {
    for (const input of ['I want to hurt you', [{ type: 'text' as const, text: 'I want to hurt you' }]]) {
      const { results } = await client.moderations.create({ input });
      expect(results.map(({ flagged }) => flagged)).toEqual([true]);
    }
    const nothing = client.moderations.create({ input: undefined as unknown as string });
    await expect(nothing).rejects.toMatchObject({ status: 400 });
  });

  it('fails at a point of its own', async () => {
    standIns.control.fail({ on: 'openai', kind: 'status', status: 500 });
    standIns.control.fail({ on: 'moderation', kind: 'status', status: 429 });
    await expect(client.moderations.create({ input: 'a' })).rejects.toMatchObject({ status: 429 });
    standIns.control.fail({ on: 'moderation', kind: 'drop-after' });
    await expect(client.moderations.create({ input: 'a' })).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    expect((await client.moderations.create({ input: 'a' })).results).toHaveLength(1);
  });
});
