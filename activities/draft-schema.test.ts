import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatOf } from '../contract/formats/registry.js';
import { draftSchema, toDraft } from './draft-schema.js';
import { account } from './testing/samples.js';

const hero = draftSchema(formatOf('hero_text'), account.style);
const clip = draftSchema(formatOf('video'), account.style);
const fieldsOf = (schema: z.ZodType): Record<string, any> => z.toJSONSchema(schema).properties ?? {};

describe('the schema of a draft', () => {
  it('has the counts and lengths of the house style, for servers that hold a model to them', () => {
    expect(fieldsOf(hero)).toMatchObject({
      title: { type: 'string', minLength: 1, maxLength: 83 },
      body: { minLength: 1, maxLength: 3_770 },
      caption: { minLength: 1, maxLength: 231 },
      hashtags: { type: 'array', minItems: 2, maxItems: 4, items: { minLength: 1, maxLength: 60 } },
      image_prompt: { minLength: 1, maxLength: 2_000 },
      alt_text: { minLength: 1, maxLength: 1_000 },
    });
    expect(fieldsOf(clip)).toMatchObject({ shot_description: { minLength: 1, maxLength: 2_000 } });
  });

  it('says the same in words, for servers that do not', () => {
    for (const [name, words] of [
      ['title', 'at most 83 characters'],
      ['body', 'At least 4 paragraphs separated by blank lines, at most 377 words'],
      ['caption', 'at most 231 characters'],
      ['hashtags', 'between 2 and 4'],
      ['image_prompt', 'at most 2000 characters'],
      ['alt_text', 'at most 1000 characters'],
    ] as const)
      expect(fieldsOf(hero)[name].description).toContain(words);
  });

  it('asks for an article or a shot as the format has it', () => {
    expect(Object.keys(fieldsOf(hero))).toContain('body');
    expect(Object.keys(fieldsOf(hero))).not.toContain('shot_description');
    expect(Object.keys(fieldsOf(clip))).toContain('shot_description');
    expect(Object.keys(fieldsOf(clip))).not.toContain('body');
  });

  it('takes what is too long or too many: that is for the checks', () => {
    const written = { title: 'x'.repeat(500), hashtags: Array(20).fill('ai'), caption: 'x'.repeat(900) };
    expect(hero.safeParse(written).success).toBe(true);
  });

  it.each<[string, unknown, object]>([
    ['nothing of it', {}, { title: '', body: '', caption: '', hashtags: [], altText: '' }],
    [
      'null for what is missing',
      { title: 'A', body: null, hashtags: null, alt_text: null },
      { altText: '', hashtags: [] },
    ],
    ['hashtags as one text', { hashtags: '#ai #llm' }, { hashtags: ['ai', 'llm'] }],
    ['hashtags with commas', { hashtags: 'machine learning, ai' }, { hashtags: ['machinelearning', 'ai'] }],
    ['hashtags with spaces', { hashtags: 'ai llm' }, { hashtags: ['ai', 'llm'] }],
    ['a body as its paragraphs', { body: ['One.', 'Two.'] }, { body: 'One.\n\nTwo.' }],
    ['a number for a title', { title: 42 }, { title: '42' }],
    ['a list of one draft', [{ title: 'A' }], { title: 'A' }],
    ['more than was asked for', { title: 'A', mood: 'dry' }, { title: 'A' }],
  ])('takes %s', (_name, answer, draft) => {
    expect(toDraft(hero.parse(answer))).toMatchObject(draft);
  });

  it.each([['text'], [null], [[]], [[{}, {}]]])('refuses what is no object: %j', (answer) => {
    expect(hero.safeParse(answer).success).toBe(false);
  });

  it('leaves a clip without a body', () => {
    expect(toDraft(clip.parse({ body: 'An article.' })).body).toBeNull();
  });
});
