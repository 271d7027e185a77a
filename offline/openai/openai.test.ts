import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startStandIns, type StandIns } from '../stand-ins.js';

const planSchema = z.object({
  items: z.array(
    z.object({
      content_format: z.enum(['video', 'hero_text']),
      title: z.string().describe('at most 80 characters'),
      topic: z.string(),
      angle: z.string(),
      rationale: z.string(),
      news_peg: z.string().nullable(),
      button: z.string(),
    }),
  ),
});
const heroSchema = z.object({
  title: z.string(),
  body: z.string(),
  caption: z.string().describe('One or two sentences, at most 140 characters, without hashtags'),
  hashtags: z.array(z.string()),
  image_prompt: z.string(),
  alt_text: z.string(),
});
const videoSchema = z.object({
  title: z.string(),
  caption: z.string(),
  hashtags: z.array(z.string()),
  image_prompt: z.string(),
  shot_description: z.string(),
  alt_text: z.string(),
});
const MIX = "Generate exactly 5 items: 1 with content_format='video' and 4 with content_format='hero_text'.";
const PLANNER =
  'Planner: foundation_models_and_inference_economics\nCovers: inference prices, GPU supply, benchmarks';
const PIECE = [
  PLANNER,
  'Title: The real cost of prompt caching',
  'Topic: Prompt caching: most of the bill is the same prefix read again.',
  'Angle: Follow the money through prompt caching.',
  'Button: The cheap part is the part you can see.',
  'Hashtags: between 3 and 5',
].join('\n');

let folder: string;
let standIns: StandIns;
let client: OpenAI;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stand-ins-'));
  standIns = await startStandIns({ folder });
  standIns.control.set({ openai: { latencyMs: 0 } });
  client = new OpenAI({ apiKey: 'sample', baseURL: standIns.openAiBaseUrl, maxRetries: 0 });
});
afterEach(async () => {
  await standIns.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (schema: z.ZodType, name: string, input: string, more: object = {}) =>
  client.responses.create({
    model: 'gpt-6-luna',
    instructions: 'You write for an account.',
    input,
    text: { format: zodTextFormat(schema, name) },
    ...more,
  });
const plan = async (input: string) =>
  planSchema.parse(JSON.parse((await ask(planSchema, 'plan', input)).output_text)).items;

describe('the plan', () => {
  it('holds exactly the mix that the sentence asks for, marked as a sample', async () => {
    const items = await plan(`${PLANNER}\n${MIX}`);
    expect(items.map((item) => item.content_format).sort()).toEqual([
      'hero_text',
      'hero_text',
      'hero_text',
      'hero_text',
      'video',
    ]);
    for (const item of items) {
      expect(item.rationale).toContain('Offline sample');
      expect(item.title.length).toBeLessThanOrEqual(80);
    }
  });

  it('never repeats a title of its page or of those listed, and over 2,000 items hardly any', async () => {
    const taken: string[] = [];
    // As long as a large batch, and the prompt lists only the newest, as ours does.
    for (let page = 0; page < 100; page += 1) {
      const list =
        taken.length > 0
          ? `\nTitles so far:\n${taken
              .slice(-150)
              .map((title) => `- ${title}`)
              .join('\n')}`
          : '';
      const items = await plan(
        `${PLANNER}${list}\n\nGenerate exactly 20 items: 20 with content_format='hero_text'.`,
      );
      expect(items).toHaveLength(20);
      const near = [...taken.slice(-150), ...items.map((item) => item.title)];
      expect(new Set(near.map((title) => title.toLowerCase())).size).toBe(near.length);
      taken.push(...items.map((item) => item.title));
    }
    expect(new Set(taken.map((title) => title.toLowerCase())).size).toBeGreaterThanOrEqual(1_998);
  });

  it('follows the field of the prompt, and its coverage where the field is unknown', async () => {
    const baking = await plan(`Planner: weekend_loaves\nCovers: sourdough, crust and flour\n${MIX}`);
    expect(baking.map((item) => item.topic).join(' ')).toMatch(/dough|bread|flour|oven|salt|proof/i);
    const trams = await plan(
      `Planner: city_trams\nCovers: night trams, ticket machines, depot clocks\n${MIX}`,
    );
    for (const item of trams) expect(item.title).toMatch(/night trams|ticket machines|depot clocks/i);
  });

  it('pegs items to news only where the prompt brings some', async () => {
    expect((await plan(`${PLANNER}\n${MIX}`)).every((item) => item.news_peg === null)).toBe(true);
    const pegged = await plan(`${PLANNER}\nLatest news:\n- A chip maker halves its prices\n\n${MIX}`);
    expect(pegged.filter((item) => item.news_peg === 'A chip maker halves its prices')).toHaveLength(1);
  });
});

describe('a draft', () => {
  it('has its paragraphs, lands on the button and stays within the limits', async () => {
    const draft = heroSchema.parse(JSON.parse((await ask(heroSchema, 'draft_hero_text', PIECE)).output_text));
    const paragraphs = draft.body.split('\n\n');
    expect(paragraphs.length).toBeGreaterThanOrEqual(4);
    expect(paragraphs.at(-1)).toBe('The cheap part is the part you can see.');
    expect(draft.body).toContain('prefix');
    expect(draft.body).not.toContain('Offline sample');
    expect(draft.title).toBe('The real cost of prompt caching');
    expect(draft.caption.length).toBeLessThanOrEqual(140);
    expect(draft.hashtags.length).toBeGreaterThanOrEqual(3);
    expect(draft.hashtags.length).toBeLessThanOrEqual(5);
    for (const tag of draft.hashtags) expect(tag).toMatch(/^[a-z0-9]+$/);
    expect(draft.alt_text).toMatch(/^Offline sample/);
  });

  it('writes as many paragraphs as asked, and as much caption as may be', async () => {
    const rules = `${PIECE}\nAt least 6 paragraphs\nCaption: at most 60 characters\nTitle: at most 20 characters`;
    const draft = heroSchema.parse(JSON.parse((await ask(heroSchema, 'draft_hero_text', rules)).output_text));
    expect(draft.body.split('\n\n').length).toBeGreaterThanOrEqual(6);
    expect(draft.caption.length).toBeLessThanOrEqual(60);
    expect(draft.title.length).toBeLessThanOrEqual(20);
  });

  it('of a video ends its caption with the button', async () => {
    const draft = videoSchema.parse(JSON.parse((await ask(videoSchema, 'draft_video', PIECE)).output_text));
    expect(draft.caption).toMatch(/\nThe cheap part is the part you can see\.$/);
    expect(draft.shot_description).not.toBe('');
  });

  it('says nothing that the prompt forbids', async () => {
    const draft = heroSchema.parse(
      JSON.parse(
        (await ask(heroSchema, 'draft_hero_text', `${PIECE}\nBanned phrases: launch slide, vendors, dull`))
          .output_text,
      ),
    );
    expect(draft.body).not.toMatch(/launch slide|vendors|dull/i);
  });
});

it('fills any other schema, and cites the posts that the prompt lists', async () => {
  const schema = z.object({
    answer: z.string(),
    citations: z.array(z.object({ post_id: z.string(), why: z.string() })),
    mood: z.enum(['calm', 'curious']),
    score: z.number().min(2).max(5),
    next: z.union([z.object({ kind: z.literal('ask'), at: z.iso.datetime() }), z.null()]),
  });
  const input =
    'Posts:\nUpkTZ26nc9Eb Why benchmark scores mislead\n7aaBBccDDee1 On bread\n\nQuestion: what about benchmark scores?';
  const answer = schema.parse(JSON.parse((await ask(schema, 'answer', input)).output_text));
  expect(answer.citations[0]?.post_id).toBe('UpkTZ26nc9Eb');
  expect(answer.answer.length).toBeGreaterThan(40);
});

describe('the shapes', () => {
  it('of Responses: usage with details, tier, request id, and the bill', async () => {
    const response = await ask(planSchema, 'plan', `${PLANNER}\n${MIX}`);
    expect(response).toMatchObject({
      object: 'response',
      status: 'completed',
      service_tier: 'default',
      model: 'gpt-6-luna',
    });
    const usage = response.usage;
    expect(usage?.input_tokens_details.cached_tokens).toBe(0);
    expect(usage?.total_tokens).toBe((usage?.input_tokens ?? 0) + (usage?.output_tokens ?? 0));
    const [entry] = await standIns.ledger();
    expect(entry).toMatchObject({
      provider: 'openai',
      requestId: response._request_id,
      model: 'gpt-6-luna',
      quantity: usage?.total_tokens,
      amountNano: (usage?.input_tokens ?? 0) * 100 + (usage?.output_tokens ?? 0) * 500,
    });
  });

  it('of Chat Completions', async () => {
    const completion = await client.chat.completions.create({
      model: 'gpt-6.1-terra',
      messages: [
        { role: 'system', content: PLANNER },
        { role: 'user', content: [{ type: 'text', text: MIX }] },
      ],
      response_format: zodResponseFormat(planSchema, 'plan'),
    });
    expect(planSchema.parse(JSON.parse(completion.choices[0]?.message.content ?? '')).items).toHaveLength(5);
    expect(completion.choices[0]?.finish_reason).toBe('stop');
    expect(completion._request_id).toMatch(/^req_/);
    expect(completion.service_tier).toBe('default');
    expect(completion.usage?.prompt_tokens_details?.cached_tokens).toBe(0);
  });

  it('counts a long beginning that it has read before as cached', async () => {
    const long = 'The style of the house is plain. '.repeat(200);
    await ask(planSchema, 'plan', `${long}${MIX}`);
    const second = await ask(planSchema, 'plan', `${long}Another batch. ${MIX}`);
    const cached = second.usage?.input_tokens_details.cached_tokens ?? 0;
    expect(cached).toBeGreaterThanOrEqual(1_024);
    const { input_tokens: input = 0, output_tokens: output = 0 } = second.usage ?? {};
    expect((await standIns.ledger())[1]?.amountNano).toBe(
      (input - cached) * 100 + cached * 10 + output * 500,
    );
  });

  it('bills the flex tier at half', async () => {
    const response = await ask(planSchema, 'plan', MIX, { service_tier: 'flex' });
    expect(response.service_tier).toBe('flex');
    const { input_tokens: input = 0, output_tokens: output = 0 } = response.usage ?? {};
    expect((await standIns.ledger())[0]?.amountNano).toBe(Math.round((input * 100 + output * 500) / 2));
  });

  it('of the list of models, an unknown model, a body that is wrong, and no key', async () => {
    expect((await client.models.list()).data.map((model) => model.id)).toContain('gpt-6.1-terra');
    await expect(ask(planSchema, 'plan', MIX, { model: 'gpt-0' })).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
    await expect(client.responses.create({ model: 'gpt-6-luna' })).rejects.toMatchObject({
      status: 400,
      param: 'input',
    });
    const keyless = await fetch(`${standIns.openAiBaseUrl}/models`);
    expect([keyless.status, keyless.headers.has('x-request-id')]).toEqual([401, true]);
    expect(await standIns.ledger()).toEqual([]);
  });

  it('of an answer that runs into max_output_tokens', async () => {
    const response = await ask(planSchema, 'plan', MIX, { max_output_tokens: 50 });
    expect(response).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    });
    expect(response.usage?.output_tokens).toBe(50);
  });
});

describe('faults', () => {
  const billed = async () => (await standIns.ledger()).length;

  it('answer with a status, its code and Retry-After, unbilled', async () => {
    standIns.control.fail({ on: 'openai', kind: 'status', status: 429, retryAfter: 7 });
    const limited = await ask(planSchema, 'plan', MIX).catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(OpenAI.RateLimitError);
    expect((limited as InstanceType<typeof OpenAI.RateLimitError>).headers.get('retry-after')).toBe('7');
    standIns.control.fail({ on: 'openai', kind: 'status', status: 429, code: 'insufficient_quota' });
    await expect(ask(planSchema, 'plan', MIX)).rejects.toMatchObject({
      code: 'insufficient_quota',
      type: 'insufficient_quota',
    });
    expect(await billed()).toBe(0);
    await ask(planSchema, 'plan', MIX);
  });

  it('break the connection before and after the bill', async () => {
    standIns.control.fail({ on: 'openai', kind: 'drop-before' });
    await expect(ask(planSchema, 'plan', MIX)).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    expect(await billed()).toBe(0);
    standIns.control.fail({ on: 'openai', kind: 'drop-after' });
    await expect(ask(planSchema, 'plan', MIX)).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    expect(await billed()).toBe(1);
  });

  it('refuse, cut off and garble, billed', async () => {
    standIns.control.fail({ on: 'openai', kind: 'refusal' });
    const refused = await ask(planSchema, 'plan', MIX);
    expect(refused.output[0]).toMatchObject({ content: [{ type: 'refusal' }] });
    standIns.control.fail({ on: 'openai', kind: 'truncated' });
    expect((await ask(planSchema, 'plan', MIX)).status).toBe('incomplete');
    standIns.control.fail({ on: 'openai', kind: 'malformed' });
    const garbled = await ask(planSchema, 'plan', MIX);
    expect(() => JSON.parse(garbled.output_text)).toThrow();
    expect(await billed()).toBe(3);
  });

  it('strike only the calls they match and make sense for, as often as told', async () => {
    standIns.control.fail({ on: 'openai', kind: 'off-mix', times: 2 });
    standIns.control.fail({ on: 'openai', kind: 'off-style', match: '^draft_hero' });
    const draft = await ask(heroSchema, 'draft_hero_text', PIECE);
    const { body, caption } = heroSchema.parse(JSON.parse(draft.output_text));
    expect(body).not.toContain('\n');
    expect(body).toContain('game-changer');
    expect(caption.length).toBeGreaterThan(140);
    expect([(await plan(MIX)).length, (await plan(MIX)).length, (await plan(MIX)).length]).toEqual([4, 4, 5]);
  });

  it('that can not be are refused with what is allowed', () => {
    expect(() => standIns.control.fail({ on: 'openai', kind: 'html' })).toThrow(
      /'html' on openai is not one of status,/,
    );
    expect(() => standIns.control.fail({ on: 'openai', kind: 'refusal', times: 0 })).toThrow(/times '0'/);
  });
});
